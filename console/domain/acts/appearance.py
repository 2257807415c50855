"""How somebody appears in the app: their name and their picture (STREAM.md 5.6).

``Act.each`` holds what each of them had before, which the engine looks up: nothing where there was
nothing.
"""

from console.domain.act import Act
from console.domain.acts.spec import CHANGED, ActSpec, Reversal, Scope
from console.domain.call import Participant
from console.domain.item import AVATAR, NAME
from console.domain.names import neutral_name

ASK_NAME = "ask_name"
RESET_NAME = "reset_name"
RESTORE_NAME = "restore_name"
REMOVE_PICTURE = "remove_picture"
RESTORE_PICTURE = "restore_picture"

DEFAULT_REQUEST = "Please choose another name."
"""What the request for another name says where its act gives no reason."""


def _name_changes(_spec: ActSpec, _act: Act, person: Participant) -> tuple[str, ...]:
    return () if person.name == neutral_name(person.user_id) else CHANGED


def _had(_spec: ActSpec, act: Act, person: Participant) -> tuple[str, ...]:
    return CHANGED if any(act.of_each.get(person.user_id, ())) else ()


def _is_neutral(_spec: ActSpec, person: Participant) -> str:
    neutral = person.name == neutral_name(person.user_id)
    return "Their name was reset already." if neutral else ""


ASKS = (
    ActSpec(
        kind=ASK_NAME,
        scope=Scope.PERSON,
        label="Ask for another name",
        short="Ask name",
        imperative="Ask {who} for another name",
        done="asked {who} for another name",
        consequence="Sends a request for them to the call; the app of the call has to show it.",
        icon="name",
        row="name",
        of_one_session=True,
    ),
)
CHANGES = (
    ActSpec(
        kind=RESET_NAME,
        scope=Scope.PERSON,
        label="Reset name",
        short="Reset",
        imperative="Reset the name of {who}",
        done="reset the name of {who}",
        consequence="Gives them a name that says nothing, in the whole app; they can change it.",
        row="name",
        needs_secret=True,
        many=True,
        reversal=Reversal.EXACT,
        undo=RESTORE_NAME,
        app_wide=True,
        answers=frozenset((NAME,)),
        refusal=_is_neutral,
        changes=_name_changes,
    ),
    ActSpec(
        kind=REMOVE_PICTURE,
        scope=Scope.PERSON,
        label="Remove picture",
        short="No picture",
        imperative="Remove the picture of {who}",
        done="removed the picture of {who}",
        consequence="Takes away the picture they show beside their name, in the whole app.",
        row="name",
        needs_secret=True,
        many=True,
        reversal=Reversal.EXACT,
        undo=RESTORE_PICTURE,
        app_wide=True,
        answers=frozenset((AVATAR,)),
        changes=_had,
    ),
    ActSpec(
        kind=RESTORE_NAME,
        scope=Scope.PERSON,
        label="Give back name",
        done="gave {who} their name back",
        consequence="Takes a reset back, unless they chose another name since.",
        needs_secret=True,
        many=True,
        app_wide=True,
    ),
    ActSpec(
        kind=RESTORE_PICTURE,
        scope=Scope.PERSON,
        label="Give back picture",
        done="gave {who} their picture back",
        consequence="Takes a removal back, unless they chose another picture since.",
        needs_secret=True,
        many=True,
        app_wide=True,
    ),
)
ACTS = (*ASKS, *CHANGES)
