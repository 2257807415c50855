import pytest

from console.domain.verdict import KEEP, REMOVE, Severity
from console.ui.state.heat_explained import SHOWN, explain_heat, heat_head, heat_rows

CID = "default:hall"


def say(session, make, key, at, action="flag", severity=Severity.MEDIUM):
    said = make.said(key, received_at=at, text=f"words of {key}")
    session.apply(make.heard(said, verdicts=[make.verdict(key, action, severity=severity)]))


def explained(session, clock):
    return explain_heat(session.heat[CID], session.history.line, clock.now())


def called(line):
    return line.item.author_name


def test_the_parts_add_up_to_the_heat(session, make, clock):
    say(session, make, "old", clock.time - 60, REMOVE, Severity.HIGH)
    say(session, make, "new", clock.time)
    say(session, make, "kept", clock.time, KEEP)
    told = explained(session, clock)
    assert [part.line.item.item_id for part in told.parts] == ["old", "new"]
    assert [part.adds for part in told.parts] == pytest.approx([3.0, 2.0])
    assert sum(part.adds for part in told.parts) == pytest.approx(told.value)
    assert heat_rows(told, called) == [
        ("+3.0", "remove, high · 1 min ago · Ann: words of old"),
        ("+2.0", "flag, medium · 0 s ago · Ann: words of new"),
    ]
    assert heat_head(told) == "Heat 5.0, half of it in a minute if nothing more is raised."


def test_many_lines_are_added_up_beyond_those_that_are_named(session, make, clock):
    for number in range(SHOWN + 3):
        say(session, make, f"u{number}", clock.time)
    told = explained(session, clock)
    assert (len(told.parts), told.others) == (SHOWN, 3)
    assert told.others_add == pytest.approx(6.0)
    assert heat_rows(told, called)[-1] == ("+6.0", "3 more lines")


def test_a_line_whose_verdict_changed_to_keep_adds_nothing(session, make, clock):
    say(session, make, "u1", clock.time)
    session.apply(make.judged(make.verdict("u1", KEEP)))
    assert explained(session, clock).parts == ()


def test_heat_that_stands_still_is_explained_as_of_then(session, make, clock):
    session.apply(make.calls(make.call()))
    say(session, make, "u1", clock.time)
    session.apply(make.calls(make.call(unmonitored_since=clock.time)))
    clock.time += 600
    told = explained(session, clock)
    assert [part.adds for part in told.parts] == pytest.approx([2.0])
    assert "standing still since" in heat_head(told)


def test_a_cold_call_says_so(session, make, clock):
    say(session, make, "u1", clock.time)
    clock.time += 3600
    told = explained(session, clock)
    assert told.parts == ()
    assert heat_head(told).startswith("Cold")


def test_what_was_said_is_plain_and_safe(session, make, clock):
    said = make.said("u1", received_at=clock.time, text="<b>\u202e" + "x" * 500)
    session.apply(make.heard(said, verdicts=[make.verdict("u1")]))
    ((_, words),) = heat_rows(explained(session, clock), called)
    assert "<b>⟦RLO⟧" in words
    assert len(words) < 200
