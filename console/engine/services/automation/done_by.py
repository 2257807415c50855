"""The sentence of a proposal that ends because another console did it. Pure."""

from console.base.plain_text import visible
from console.domain.acts.table import spec_of


def done_by(kind: str, who: str) -> str:
    """An act of this kind was done by ``who``, a hostile name, or nobody who is known by one."""
    return f"{spec_of(kind).title}: done by {visible(who) or 'a colleague'} meanwhile."
