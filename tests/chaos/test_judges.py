"""What the judges of chaos find in outcomes that are made up."""

from collections import Counter

import msgspec
import pytest
from msgspec.structs import replace

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.names import neutral_name
from console.protocol.acts import ActProgress
from console.protocol.to_window import Gap
from tests.chaos import judge_acts, judge_lines
from tests.chaos.outcome import (
    DEAF,
    DOUBLED,
    LOST,
    REPEATED,
    STUCK,
    UNKEPT,
    WRONG,
    Outcome,
)
from tests.chaos.stored import Stored
from tests.chaos.truth import Done, Said, done_by
from tests.chaos.window import Shown

CID = "default:shared-0"
BEGAN = 1_000.0


def outcome(**changed):
    said = [Said(number, CID, BEGAN + 10 * number) for number in (1, 2, 3)]
    good = Outcome(
        speed=1.0,
        origin=BEGAN,
        said=said,
        done=[],
        contrary=[],
        refused=[],
        visible={},
        shown=Counter((1, 2, 3)),
        gaps=[],
        aheads=(0.0,),
        lag=0.0,
        timeline=[Shown(BEGAN, True, "live", "")],
        hears_at_end=True,
        waiting=[],
        acts={},
        given={},
        stored=Stored(Counter((1, 2, 3)), {}),
    )
    return replace(good, **changed)


def promises(found):
    return [violation.promise for violation in found]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"set": {"name": neutral_name("ann")}}, "reset_name"),
        ({"set": {"name": "Ann"}}, "restore_name"),
        ({"unset": ["image"]}, "remove_picture"),
        ({"set": {"image": "https://example.org/ann.png"}}, "restore_picture"),
    ],
)
def test_a_change_of_a_user_is_known_for_what_it_is(change, what):
    raw = msgspec.json.encode({"users": [{"id": "ann", **change}]})
    assert done_by("/api/v2/users", "", raw, BEGAN) == [Done(what, "", "ann", BEGAN)]


def test_all_heard_and_kept_breaks_nothing():
    assert judge_lines.judge(outcome()) == []


def test_a_missed_line_is_lost_unless_a_gap_tells_of_it():
    without = Counter((1, 3))
    missed = outcome(shown=without, stored=Stored(without, {}))
    assert promises(judge_lines.judge(missed)) == [LOST, DEAF]
    noticed = [
        Shown(BEGAN, True, "live", ""),
        Shown(BEGAN + 30, False, "reconnecting", ""),
        Shown(BEGAN + 40, True, "live", ""),
    ]
    told = replace(missed, timeline=noticed, gaps=[Gap((CID,), BEGAN + 19, BEGAN + 21, "")])
    assert judge_lines.judge(told) == []
    elsewhere = replace(told, gaps=[Gap(("default:other",), BEGAN + 19, BEGAN + 21, "")])
    assert promises(judge_lines.judge(elsewhere)) == [LOST]
    jumped = replace(told, gaps=[Gap((CID,), BEGAN + 3_619, BEGAN + 3_621, "")])
    assert promises(judge_lines.judge(jumped)) == [LOST]
    assert judge_lines.judge(replace(jumped, aheads=(0.0, 3_600.0))) == []


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"shown": Counter((1, 2, 3, 3))}, DOUBLED),
        ({"stored": Stored(Counter((1, 2, 3, 3)), {})}, DOUBLED),
        ({"stored": Stored(Counter((1, 2)), {})}, UNKEPT),
        ({"hears_at_end": False}, STUCK),
        ({"waiting": ["line 3"]}, STUCK),
    ],
)
def test_lines(changed, promise):
    assert promises(judge_lines.judge(outcome(**changed))) == [promise]


def done(what, at):
    return Done(what, CID, "target-1", BEGAN + at)


def acted(state, *, kept=None, reason="", kind="kick", visible=False, **truth):
    act = Act(act_id="a", kind=kind, cid=CID, requested_at=BEGAN, user_ids=("target-1",))
    return outcome(
        acts={"a": ActProgress(act, Receipt(act_id="a", state=state, reason=reason))},
        given={"a": BEGAN},
        visible={"a": visible},
        stored=Stored(Counter(), {"a": kept or state}),
        **truth,
    )


@pytest.mark.parametrize(
    ("case", "found"),
    [
        (acted(ReceiptState.SEEN, done=[done("kick", 1)]), []),
        (acted(ReceiptState.SEEN), [WRONG]),
        (acted(ReceiptState.SEEN, kind="unblock", contrary=[done("block", 1)]), []),
        (acted(ReceiptState.SEEN, kind="unblock", contrary=[done("unblock", 1)]), [WRONG]),
        (acted(ReceiptState.FAILED), []),
        (acted(ReceiptState.FAILED, done=[done("kick", 1)]), [WRONG]),
        (acted(ReceiptState.UNCONFIRMED, done=[done("kick", 1)]), []),
        (acted(ReceiptState.UNCONFIRMED, done=[done("kick", 1)], visible=True), [WRONG]),
        (acted(ReceiptState.SENT), [STUCK]),
        (acted(ReceiptState.SEEN, done=[done("kick", 1)], kept="sent"), [UNKEPT]),
        (acted(ReceiptState.SEEN, done=[done("kick", 1), done("kick", 2)]), []),
        (
            acted(
                ReceiptState.SEEN,
                done=[done("kick", 1), done("kick", 3)],
                contrary=[done("kick", 2)],
            ),
            [REPEATED],
        ),
        (outcome(given={"a": BEGAN}), [LOST]),
    ],
)
def test_acts(case, found):
    assert promises(judge_acts.judge(case)) == found
