"""What came of a rule of Stream that was tried on saved calls, in words. Pure."""

from console.protocol.stream_rules import StreamRuleTried
from console.ui.automation.stream_rule_fields import KINDS
from console.ui.widgets.short_texts import count

PROPERTY = "call_custom_property"


def trial_words(tried: StreamRuleTried, document: str) -> str:
    """How often it would have acted, by which part of it, and in what that was looked for.

    ``document``: the rule; what the store cannot know of its conditions is said.
    """
    parts = ", ".join(f"{times:,} by {KINDS.get(part, part)}" for part, times in by_parts(tried))
    found = count(tried.violations, "violation") + (f" ({parts})" if parts else "")
    looked = f"{count(tried.captions, 'caption')} and {count(tried.frames, 'frame')}"
    words = f"{found} in {looked} of {count(tried.sessions, 'session')}."
    if tried.stopped:
        words = f"Stopped: so far {words}"
    if tried.violations > len(tried.effects):
        words += f" The first {len(tried.effects):,} are listed."
    if tried.frames:
        words += " A frame that showed the same as the one before was not kept again."
    if PROPERTY in document:
        words += " The properties of calls are not kept, so conditions on them met nothing."
    return words


def by_parts(tried: StreamRuleTried) -> list[tuple[str, int]]:
    """The parts of the rule that were met, in the order of the form."""
    order = list(KINDS)
    return sorted(tried.by_part.items(), key=lambda part: order.index(part[0]))
