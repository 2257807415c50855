"""What colleagues did and where they are, in words that are safe to look at. Pure."""

from collections.abc import Callable

from console.base.plain_text import visible
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.names import plain_name
from console.domain.raised import Step
from console.domain.team import (
    Acted,
    Colleague,
    Ended,
    GaveBack,
    HeldDoor,
    LetIn,
    Marked,
    Reopened,
    Restored,
    Skipped,
    Told,
    Took,
    Withheld,
    Wrote,
)
from console.protocol.team import TeamChanged
from console.ui.widgets.short_texts import clock, count

_STEPS = {
    Step.HANDLE: "marked {what} as handled",
    Step.DISMISS: "dismissed {what}",
    Step.ESCALATE: "escalated {what} to the review queue",
    Step.TAKE: "took {what}",
    Step.GIVE_BACK: "gave back {what}",
}
SHORT = 80
"""Characters of a note or a reason that a row shows."""


def told_line(told: Told) -> str:
    """One thing that was done, with its time and by whom."""
    who = "you" if told.ours else plain_name(told.name, told.by)
    return f"{clock(told.at)}  {who} {did(told)}"


def did(told: Told) -> str:
    """What was done, in the past tense."""
    word = told.word
    match word:
        case Took(item_ids=items):
            return _STEPS[Step.TAKE].format(what=_raised(items))
        case GaveBack(item_ids=items):
            return _STEPS[Step.GIVE_BACK].format(what=_raised(items))
        case Ended(step=step, item_ids=items, note=note):
            return _STEPS[step].format(what=_raised(items)) + _because(note)
        case Reopened(item_ids=items):
            return f"opened {_raised(items)} again"
        case Acted():
            return _acted(word)
        case Wrote(user_id=user_id, removed=True):
            return f"took back a note about {visible(user_id)}"
        case Wrote(user_id=user_id, text=text):
            return f"wrote about {visible(user_id)}: {_short(text)}"
        case Marked(user_id=user_id, name=name, on=on):
            watches = "wants {} to be watched" if on else "no longer wants {} to be watched"
            return watches.format(plain_name(name, user_id))
        case Withheld(people=people):
            return f"said what {count(len(people), 'person', 'people')} in a suspended call had"
        case HeldDoor(put_out=people):
            return f"said whom a held door put out: {count(len(people), 'person', 'people')}"
        case LetIn():
            return "said who may come in again"
        case Skipped():
            return "passed over an item of the review queue"
        case Restored():
            return "said who in a suspended call has everything back"


def place_words(colleague: Colleague, me: str, call_name: Callable[[str], str]) -> str:
    """Where a colleague is and what they hold."""
    words = [f"holds {colleague.held}"] if colleague.held else []
    words.append(f"looks at {visible(call_name(colleague.cid))}" if colleague.cid else "all calls")
    if colleague.consoles > 1:
        words.append(f"{colleague.consoles} consoles")
    if colleague.shares:
        words.append("shares Stream's verdicts")
    if colleague.user_id == me:
        words.insert(0, "you")
    return " · ".join(words)


def status_words(team: TeamChanged) -> tuple[str, str]:
    """How the team's channel stands, and the colour token of that."""
    if not team.channel:
        return (
            "Off: no channel of the team is named in this profile (Session, Sign in, More). It is"
            " off at first, because only your app's roles say who may read a channel.",
            "dim",
        )
    if team.sentence:
        return team.sentence, "bad"
    if not team.joined:
        return f"Joining {visible(team.channel)}…", "dim"
    readers = count(len(team.members), "member")
    words, ink = f"{visible(team.channel)} is read by {readers}.", "faint"
    if team.outsiders:
        names = ", ".join(visible(user_id) for user_id in team.outsiders[:5])
        words, ink = f"{words} No moderators by their role: {names}.", "warn"
    if team.lost:
        words, ink = f"{words} The team was not told {count(team.lost, 'thing')}.", "warn"
    return words, ink


def _raised(item_ids: tuple[str, ...]) -> str:
    return count(len(item_ids), "raised item")


def _because(reason: str) -> str:
    return f": {_short(reason)}" if reason else ""


def _short(text: str) -> str:
    plain = visible(" ".join(text.split()))
    return plain if len(plain) <= SHORT else f"{plain[: SHORT - 1]}…"


def _acted(word: Acted) -> str:
    spec = spec_of(word.kind)
    names = [
        plain_name(name, user_id) for name, user_id in zip(word.names, word.user_ids, strict=False)
    ] or [visible(user_id) for user_id in word.user_ids]
    whole = spec.scope is Scope.CALL
    who = "everyone" if whole else ", ".join(names[:3]) or "somebody"
    more = f" and {len(names) - 3} more" if len(names) > 3 and not whole else ""
    where = f" in {visible(word.call_name)}" if word.call_name and not spec.app_wide else ""
    ended = " (undone)" if word.undone_by else " (failed)" if word.state == "failed" else ""
    return f"{spec.done.format(who=who + more)}{where}{_because(word.reason)}{ended}"
