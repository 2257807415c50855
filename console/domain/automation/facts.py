"""What is known of a judged item and of its author when the rules are tried."""

from msgspec import Struct

from console.domain.item import Item
from console.domain.verdict import JudgedItem, Verdict


class Facts(Struct, frozen=True, kw_only=True):
    """One judged item in its context.

    Attributes:
        role: of the author in the call; empty where it is not known.
        first_call: they were heard in no other session; None where nobody looked.
        account_days: how old their account is; None where it is not known.
        earlier: what they said before, with its verdicts, newest last; as far as rules count it.
    """

    item: Item
    verdict: Verdict
    at: float
    role: str = ""
    first_call: bool | None = None
    account_days: float | None = None
    earlier: tuple[JudgedItem, ...] = ()

    @property
    def call_type(self) -> str:
        """The type of the call, which its cid begins with."""
        return self.item.cid.partition(":")[0]
