"""What rules say on screen. Pure."""

from console.base.plain_text import visible
from console.domain.automation.record import RuleRecord
from console.domain.automation.rule import Conditions, Mode, Response, Rule, Span, Step, Window
from console.domain.verdict import Severity, Source
from console.ui.state.proposal_words import response_words
from console.ui.widgets.short_texts import count

MODES = {
    Mode.OFF: ("Off", "The rule does nothing."),
    Mode.SHADOW: ("Shadow", "It notes what it would do, and whether moderators then did the same."),
    Mode.ASK: ("Ask", "It suggests; one key accepts."),
    Mode.ACT: ("Act", "It counts down, and acts unless one key stops it."),
}

SOURCES = {Source.LOCAL: "this computer", Source.STREAM: "Stream", Source.SHARED: "a colleague"}
SPANS = {Span.SESSION: "this session", Span.DAYS: "the last days", Span.ALL: "all calls"}


def rule_words(rule: Rule) -> str:
    """When a rule fits and what it then does, in one line."""
    steps = [response_words(step.responses, step.minutes) for step in rule.steps]
    return f"{condition_words(rule.when)} → {', then '.join(steps)}"


def condition_words(when: Conditions) -> str:
    """When a rule fits."""
    parts = [
        " or ".join(visible(each) for each in when.actions) or "anything raised",
        " or ".join(visible(each) for each in when.labels),
        f"{when.severity.value} or graver" if when.severity is not Severity.NONE else "",
        f"at least {when.confidence:.0%} sure" if when.confidence else "",
        f"by {' or '.join(SOURCES[each] for each in when.sources)}" if when.sources else "",
        " or ".join(visible(each) for each in when.kinds),
        f"in {' or '.join(visible(each) for each in when.call_types)}" if when.call_types else "",
        f"by a {' or '.join(visible(each) for each in when.roles)}" if when.roles else "",
        "first call" if when.first_call else "",
        f"account younger than {when.younger_days:g} days" if when.younger_days else "",
        f"{when.times} times in {window_words(when.within)}" if when.times > 1 else "",
    ]
    return ", ".join(filter(None, parts))


def window_words(window: Window) -> str:
    """Over what something is counted."""
    if window.span is Span.DAYS:
        return f"the last {count(window.days, 'day')}"
    return SPANS[window.span]


def record_words(record: RuleRecord | None) -> str:
    """How a rule has done, in one sentence."""
    if record is None or not (record.proposed or record.shadowed):
        return "It has proposed nothing yet."
    parts = [f"Proposed {record.proposed}"]
    parts += [
        f"{word} {number}"
        for word, number in (
            ("done", record.done),
            ("already in the queue", record.already),
            ("stopped", record.stopped),
            ("declined", record.declined),
            ("taken back by people", record.overturned),
            ("failed", record.failed),
        )
        if number
    ]
    if record.shadowed:
        parts.append(f"in shadow {record.shadowed}, moderators then did the same {record.agreed}")
    words = ", ".join(parts) + "."
    return f"{words} {record.suggestion}".strip()


def step_title(number: int, last: bool) -> str:
    """``Second time``, ``Third time and later``."""
    names = ("First", "Second", "Third", "Fourth", "Fifth")
    name = names[number] if number < len(names) else f"{number + 1}th"
    return f"{name} time and later" if last else f"{name} time"


def new_step() -> Step:
    """What another rung begins with."""
    return Step(responses=(Response.MUTE,))
