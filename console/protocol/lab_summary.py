"""What the form of a policy shows."""

from msgspec import Struct

from console.domain.policy_form import SectionForm


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
