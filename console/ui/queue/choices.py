"""What can be decided about an item: what the app offers, and what its state calls for. Pure."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from console.base.plain_text import visible
from console.domain.acts.queue import kind_of
from console.domain.acts.spec import Weight
from console.domain.acts.table import spec_of
from console.domain.review import CUSTOM, NEEDS_REASON, REJECT_APPEAL, ReviewItem
from console.protocol.review import OfferedAction

USER = "stream:user"

_USUAL = ("mark_reviewed", "escalate")
"""Where the app offers nothing for a kind of content."""

_IN_A_CALL = frozenset({"kick_user", "end_call"})
_ON_PEOPLE = frozenset({"ban", "unban", "delete_user", "delete_user_messages"})
_TAKEN_AWAY = frozenset({"remove", "shadow", "bounce_remove"})
_TAKING_AWAY = ("delete_", "block", "shadow_block")

LABEL_LENGTH = 40


class Choice(Struct, frozen=True, kw_only=True):
    """One thing that can be decided. Title and reasons may be hostile; ``title`` is safe to show.

    Attributes:
        appeal: it decides the item's appeal.
        why: what it does, one sentence.
        wants_form: details have to be given first.
    """

    action: str
    title: str
    why: str
    custom_id: str = ""
    weight: Weight = Weight.LIGHT
    severe: bool = False
    reason_required: bool = False
    reasons: tuple[str, ...] = ()
    appeal: bool = False

    @property
    def key(self) -> tuple[str, str, bool]:
        """What tells choices apart."""
        return self.action, self.custom_id, self.appeal

    @property
    def wants_form(self) -> bool:
        """Whether something has to be filled in first."""
        return self.reason_required or self.weight is Weight.DETAILS


def choices_for(item: ReviewItem, offered: Iterable[OfferedAction]) -> tuple[Choice, ...]:
    """What can be decided about ``item``, in the order of the buttons."""
    found = [*_about_the_appeal(item)]
    if not item.only_appeal:
        found += _offered(item, offered)
        found += _called_for(item)
    unique = {choice.key: choice for choice in reversed(found)}
    return tuple(choice for choice in found if unique.pop(choice.key, None) is not None)


def common_choices(
    items: Sequence[ReviewItem], offered: Sequence[OfferedAction]
) -> tuple[Choice, ...]:
    """What can be decided about several items at once; of appeals nothing is."""
    if not items:
        return ()
    each = [
        {one.key: one for one in choices_for(item, offered) if not one.appeal} for item in items
    ]
    return tuple(one for key, one in each[0].items() if all(key in other for other in each))


def with_reasons(choices: Sequence[Choice], rule: str) -> tuple[Choice, ...]:
    """``choices`` that want a reason by the setting ``queue_reasons`` as well."""
    return tuple(
        replace(one, reason_required=True)
        if rule == "all" or (rule == "severe" and one.severe)
        else one
        for one in choices
    )


def choice_of(action: str, *, appeal: bool = False) -> Choice:
    """One of Stream's own actions, as this program words it."""
    spec = spec_of(kind_of(action))
    return Choice(
        action=action,
        title=spec.label,
        why=spec.consequence,
        weight=spec.weight,
        severe=spec.severe,
        reason_required=action in NEEDS_REASON,
        appeal=appeal,
    )


def _about_the_appeal(item: ReviewItem) -> Iterable[Choice]:
    if item.appeal is None or not item.appeal.open:
        return
    lifts_ban = item.only_appeal or item.entity_type == USER or item.banned
    accepting = choice_of("unban" if lifts_ban else "restore", appeal=True)
    yield Choice(
        action=accepting.action,
        title="Accept the appeal",
        why=f"{accepting.why} They are told.",
        appeal=True,
        weight=Weight.DETAILS,
    )
    yield choice_of(REJECT_APPEAL, appeal=True)


def _offered(item: ReviewItem, offered: Iterable[OfferedAction]) -> Iterable[Choice]:
    mine = [one for one in offered if one.entity_type == item.entity_type]
    for one in mine or [OfferedAction(entity_type="", action=name, title="") for name in _USUAL]:
        if (one.action in _IN_A_CALL and not item.cid) or (
            one.action in _ON_PEOPLE and not item.author_id
        ):
            continue
        if one.action == "ban" and item.banned:
            yield choice_of("unban")
        elif one.action == "escalate" and item.escalated:
            yield choice_of("de_escalate")
        elif one.action != REJECT_APPEAL:
            yield _worded(one)


def _worded(one: OfferedAction) -> Choice:
    usual = choice_of(one.action)
    title = usual.title
    if one.action == CUSTOM:
        title = visible(one.title)
        title = title if len(title) <= LABEL_LENGTH else title[: LABEL_LENGTH - 1] + "…"
    return Choice(
        action=usual.action,
        title=title,
        why=usual.why,
        custom_id=one.custom_id,
        weight=usual.weight,
        severe=usual.severe,
        reason_required=usual.reason_required or one.reason_required,
        reasons=one.reasons,
    )


def _called_for(item: ReviewItem) -> Iterable[Choice]:
    """What undoes what is in force, whether the app offers it or not."""
    taken = any(done.kind.startswith(_TAKING_AWAY) for done in item.done)
    if taken or item.action in _TAKEN_AWAY:
        yield choice_of("restore")
    if item.action.startswith("mask"):
        yield choice_of("unmask")
    if item.banned and item.author_id:
        yield choice_of("unban")
    if item.escalated:
        yield choice_of("de_escalate")
