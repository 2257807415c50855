"""What the lab of the window and the engine say to each other about policies.

The window holds the text of a policy and shows what comes back; the engine reads, judges, compares
and counts. Everything here works signed out and without a network, except what its docstring says.

CheckPolicy, TryText and TryImage may be sent on every key press.
"""

from typing import Any

from msgspec import Struct, field

from console.domain.local_models import ImageLabel
from console.domain.policy_form import KeyWords, SectionForm, Word
from console.domain.results import Judgement, PolicyError
from console.protocol.ask import Answer, Ask

PLACE = "policy.toml"
MAX_ROWS = 500
"""Rows in one RunRows."""


# -- policies


class PolicyText(Struct, frozen=True):
    """A policy as its author sees it.

    Attributes:
        text: TOML.
        place: path of its file, so that the list files it names are found beside it; or a name.
        name: what reports call it; empty: its place.
    """

    text: str
    place: str = PLACE
    name: str = ""


class PolicySummary(Struct, frozen=True, kw_only=True):
    """What a form shows of a policy.

    Attributes:
        sections: those that can be changed as a table.
        notes: one sentence for each part that is not evaluated on this machine.
        needs_stream: names of the sections that only Stream evaluates.
    """

    key: str
    sections: tuple[SectionForm, ...] = ()
    needs_stream: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class CheckPolicy(Ask, frozen=True, tag="check_policy"):
    """What is wrong with this text, and what is in it? Only the newest is answered."""

    newest_only = True

    policy: PolicyText


class PolicyChecked(Answer, frozen=True, tag="policy_checked"):
    """``summary`` is None exactly when there are errors; show the last one then, greyed."""

    asks = (CheckPolicy,)

    errors: tuple[PolicyError, ...] = ()
    summary: PolicySummary | None = None


class AskWords(Ask, frozen=True, tag="ask_words"):
    """All entries of the list called ``name``, for editing; answered by ListWords."""

    policy: PolicyText
    name: str


class ListWords(Answer, frozen=True, tag="list_words"):
    """Answer to AskWords."""

    asks = (AskWords,)

    words: tuple[str, ...] = ()


class AskVocabulary(Ask, frozen=True, tag="ask_vocabulary"):
    """What may be written in a policy, for completion; answered by Vocabulary."""


class Vocabulary(Answer, frozen=True, tag="vocabulary"):
    """What may be written.

    Attributes:
        tables: the keys of each table by its path: empty for the top, ``blocklists``,
            ``ai_text_config.rules.severity_rules``, ...
        heads: the sections; each inserts its header, ``[[blocklists]]`` or ``[flood_config]``.
    """

    asks = (AskVocabulary,)

    tables: dict[str, tuple[KeyWords, ...]] = field(default_factory=dict)
    heads: tuple[Word, ...] = ()


class Edit(Struct, frozen=True):
    """One change of the form view.

    Attributes:
        path: steps to a value: ``("blocklists", 2, "label")``, ``("block_list_config", "rules",
            0, "action")``; to a table or an item of a list: ``("blocklists", 2)``.
        op: ``set`` puts ``value`` there, whether or not there was one; ``remove`` takes it away;
            ``append`` adds ``value`` at the end of the list at ``path``, which may be missing.
            On rows of a section's form, with the key of the form as the first step: ``add`` makes
            one, ``change`` sets the field at ``(form, row, field)``, ``drop`` removes
            ``(form, row)``.
        value: a JSON value without null; an object becomes a table.
    """

    path: tuple[str | int, ...]
    op: str = "set"
    value: Any = None


class EditPolicy(Ask, frozen=True, tag="edit_policy"):
    """Change the text; comments, order and spelling of everything else stay.

    All of ``edits`` one after the other, or none. Answered by PolicyEdited.
    """

    policy: PolicyText
    edits: tuple[Edit, ...]


class PolicyEdited(Answer, frozen=True, tag="policy_edited"):
    """Answer to EditPolicy. ``text``: the new text."""

    asks = (EditPolicy,)

    text: str = ""


class TryText(Ask, frozen=True, tag="try_text"):
    """What would this policy do with this text? Only the newest is answered."""

    newest_only = True

    policy: PolicyText
    text: str
    language: str = ""


class TextTried(Answer, frozen=True, tag="text_tried"):
    """Answer to TryText.

    Attributes:
        judgement: None when no version of this policy was ever free of errors.
        stale: the text has errors; the last good version of the same place judged.
        took_us: microseconds of judging alone.
        language: as it was stated or identified; empty where it is not known.
    """

    asks = (TryText,)

    judgement: Judgement | None = None
    stale: bool = False
    took_us: float = 0.0
    language: str = ""


class AskStream(Ask, frozen=True, tag="ask_stream"):
    """What does Stream say (a check in test mode)? Needs a sign-in with an app secret.

    With ``policy`` its config goes along and is judged by; otherwise the app's of ``config_key``.
    ``image_url``: an image to look at, at once, besides or instead of the text.
    """

    text: str
    policy: PolicyText | None = None
    config_key: str = ""
    image_url: str = ""


class StreamSaid(Answer, frozen=True, tag="stream_said"):
    """Answer to AskStream; ``judgement`` None exactly when ``sentence`` says why."""

    asks = (AskStream,)

    judgement: Judgement | None = None
    took_ms: float = 0.0


class TryImage(Ask, frozen=True, tag="try_image"):
    """What would this policy do with the image in this file? Only the newest is answered.

    ``path``: a file on this machine. Nothing is fetched: an image at a URL is for AskStream alone.
    """

    newest_only = True

    policy: PolicyText
    path: str


class ImageTried(Answer, frozen=True, tag="image_tried", kw_only=True):
    """Answer to TryImage.

    Attributes:
        judgement: None exactly when ``sentence`` says why.
        found: what the file is (``PNG, 214 KB``); empty when it is no image.
        source: the local classifier that judged. labels: what it said, the surest first.
    """

    asks = (TryImage,)

    judgement: Judgement | None = None
    found: str = ""
    source: str = ""
    labels: tuple[ImageLabel, ...] = ()
    took_ms: float = 0.0


class AskPolicyInUse(Ask, frozen=True, tag="ask_policy_in_use"):
    """Which policy gives the local verdicts? Answered by PolicyInUse.

    ``instead``: the text that is to take its place. One whose key is for chats (``chat``,
    ``chat:type``, ``chat:type:id``) takes that of the policy for these chats alone.
    """

    instead: str = ""


class PolicyInUse(Answer, frozen=True, tag="policy_in_use"):
    """``place``: the file it is kept in; empty for the policy that comes with the program.

    ``chats``: the key of the chats that it is for alone; empty for the policy for all.
    """

    asks = (AskPolicyInUse,)

    text: str = ""
    place: str = ""
    chats: str = ""


class UsePolicy(Ask, frozen=True, tag="use_policy"):
    """Let this policy give the local verdicts from now on, here and after a restart.

    None: the policy that comes with the program; for ``chats``, the key of some, none of their own.
    One with errors is refused. What its own key says goes before ``chats``.
    """

    repeatable = False

    policy: PolicyText | None
    chats: str = ""


class PolicyUsed(Answer, frozen=True, tag="policy_used"):
    """Answer to UsePolicy.

    Attributes:
        place: the file that now holds it, read again when it changes; empty for the program's own.
        former: the text that judged before; None for the program's own.
        undoable: ``former`` is known, so that using it takes this back.
        chats: the key of the chats that it is for alone; empty for the policy for all.
    """

    asks = (UsePolicy,)

    place: str = ""
    former: str | None = None
    undoable: bool = False
    chats: str = ""


LabToEngine = (
    CheckPolicy
    | AskWords
    | AskVocabulary
    | EditPolicy
    | TryText
    | TryImage
    | AskStream
    | AskPolicyInUse
    | UsePolicy
)
LabToWindow = (
    PolicyChecked
    | ListWords
    | Vocabulary
    | PolicyEdited
    | TextTried
    | ImageTried
    | StreamSaid
    | PolicyInUse
    | PolicyUsed
)
