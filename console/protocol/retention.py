"""How long what is kept, a preview of what would go, and erasing a person."""

from msgspec import Struct

from console.domain.retention import Going, RetentionPlan, StoreSize
from console.protocol.ask import Answer, Ask


class AskRetention(Ask, frozen=True, tag="ask_retention"):
    """Wanted: the plan in force, and what goes under ``plan``; answered by Retention.

    ``plan`` of None: what goes under the one in force.
    """

    newest_only = True

    plan: RetentionPlan | None = None


class SetRetention(Ask, frozen=True, tag="set_retention"):
    """Use ``plan`` from now on; answered by Retention."""

    plan: RetentionPlan


class RetentionNumbers(Struct, frozen=True):
    """What was done since the sign-in.

    Attributes:
        deleted: rows that went. failed: steps that the store refused.
        running: a pass is under way. ended_at: when the last one ended (unix seconds), or 0.0.
    """

    deleted: int = 0
    failed: int = 0
    running: bool = False
    ended_at: float = 0.0


class Retention(Answer, frozen=True, tag="retention", kw_only=True):
    """Answer to AskRetention and SetRetention. ``going``: what goes under the plan asked about."""

    asks = (AskRetention, SetRetention)

    plan: RetentionPlan = RetentionPlan()
    going: tuple[Going, ...] = ()
    size: StoreSize = StoreSize()
    numbers: RetentionNumbers = RetentionNumbers()


class AskErase(Ask, frozen=True, tag="ask_erase"):
    """Wanted: what is kept of a person; answered by ErasePreview."""

    user_id: str


class ErasePerson(Ask, frozen=True, tag="erase_person"):
    """Erase a person; answered by PersonErased."""

    repeatable = False

    user_id: str


class ErasePreview(Answer, frozen=True, tag="erase_preview", kw_only=True):
    """What would go of a person.

    Attributes:
        items: lines, messages and pictures. evidence: copied for acts. notes: about them.
        held, in_force: what would be spared and is not among those: evidence that is held, acts
            that are under way or in force.
    """

    asks = (AskErase,)

    items: int = 0
    acts: int = 0
    evidence: int = 0
    notes: int = 0
    held: int = 0
    in_force: int = 0


class PersonErased(Answer, frozen=True, tag="person_erased", kw_only=True):
    """What went of a person, and what was spared; ``texts``: of the log of what was done."""

    asks = (ErasePerson,)

    user_id: str = ""
    items: int = 0
    pictures: int = 0
    acts: int = 0
    evidence: int = 0
    notes: int = 0
    texts: int = 0
    held: int = 0
    in_force: int = 0
