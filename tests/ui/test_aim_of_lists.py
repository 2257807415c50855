"""Keys are for whom the reader chose last: no list aims by itself, and none shows another aim."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.frames import SeenFrame, TrackKey
from console.domain.item import Picture
from console.domain.raised import RaisedState
from console.domain.review import ReviewItem
from console.domain.sanction import Claim, Form, Sanction
from console.domain.verdict import Severity
from console.protocol.acts import RequestAct
from console.protocol.frames import FramesSeen
from console.protocol.requests import RequestsChanged
from console.protocol.review import QueueItems, QueueState
from console.protocol.sanctions import SanctionsChanged
from console.ui.state.targets import target_of_person

HALL = "default:hall"


def go(live, workspace):
    live.commands.action(f"workspace.{workspace}").trigger()


def choose(live, *user_ids):
    call = live.session.call(HALL)
    people = [live.session.people.find(HALL, each) for each in user_ids]
    live.controller.choose_people([target_of_person(each, call) for each in people])


def aim(live):
    return [target.user_id for target in live.controller.chosen]


def click(rows, row):
    place = rows.visualRect(rows.model().index(row, 0)).center()
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )


def chosen_rows(rows):
    return [index.row() for index in rows.selectionModel().selectedIndexes()]


@pytest.fixture
def open_items(window, live, make, qtbot):
    """Ann's and Ben's open item, of which Ben's, the second, is chosen."""
    go(live, "open")
    panel = window.panels["open"]
    for user_id, severity in (("ann", Severity.HIGH), ("ben", Severity.LOW)):
        said = make.said(user_id, author_id=user_id, text=f"words of {user_id}")
        verdict = make.verdict(user_id, severity=severity)
        live.session.apply(make.raised(make.raised_item(user_id, said=said, verdict=verdict)))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    panel.list.choose(panel.model.index(1, 0))
    assert aim(live) == ["ben"]
    return panel


@pytest.fixture
def handle(live, make, qtbot, open_items):
    def handle_it(user_id):
        said = make.said(user_id, author_id=user_id)
        ended = make.raised_item(user_id, said=said, state=RaisedState.HANDLED, by="mia")
        live.session.apply(make.raised(ended))
        qtbot.waitUntil(lambda: open_items.model.rowCount() == 1)

    return handle_it


def test_open_items_out_of_sight_choose_nobody(window, live, open_items, handle):
    go(live, "live")
    choose(live, "cleo")
    handle("ann")
    assert aim(live) == ["cleo"]
    QTest.keyClick(window, Qt.Key.Key_M)
    (sent,) = window.sent.of(RequestAct)
    assert sent.act.user_ids == ("cleo",)


def test_open_items_in_sight_choose_nobody_by_themselves_either(live, open_items, handle, clock):
    choose(live, "cleo")
    handle("ann")
    assert aim(live) == ["cleo"]
    clock.time += 5.0  # so soon after rows had moved a press would be refused
    click(open_items.list, 0)
    assert aim(live) == ["ben"]


def test_an_open_item_that_leaves_the_choice_of_several_out_of_sight_aims_at_nobody(
    live, open_items, handle
):
    open_items.list.choose(open_items.model.index(0, 0))
    open_items.list.extend(1)
    assert aim(live) == ["ann", "ben"]
    go(live, "live")
    choose(live, "cleo")
    handle("ann")
    assert aim(live) == ["cleo"]


@pytest.fixture
def wall(window, live, make):
    """A camera each of Ann and Ben; Ben's tile, the second, is chosen."""
    go(live, "frames")
    for user_id in ("ann", "ben"):
        seen = SeenFrame(
            key=TrackKey(HALL, user_id, "video"),
            name=user_id.title(),
            captured_at=make.start,
            item_id=f"f-{user_id}",
            picture=Picture(picture_id=user_id, track="video"),
        )
        live.session.apply(FramesSeen((seen,)))
    panel = window.panels["frames"]
    click(panel.grid, 1)
    assert aim(live) == ["ben"]
    assert chosen_rows(panel.grid) == [1]
    return panel


def test_no_tile_looks_chosen_while_the_keys_are_for_somebody_else(live, wall):
    go(live, "live")
    choose(live, "cleo")
    go(live, "frames")
    assert aim(live) == ["cleo"]
    assert chosen_rows(wall.grid) == []
    click(wall.grid, 1)
    assert aim(live) == ["ben"]
    assert chosen_rows(wall.grid) == [1]


def test_no_tile_looks_chosen_after_escape(live, wall):
    QTest.keyClick(wall.grid, Qt.Key.Key_Escape)
    assert aim(live) == []
    assert chosen_rows(wall.grid) == []
    assert wall.activate() == "Choose a tile first."


def test_a_tile_stays_chosen_when_its_person_is_chosen_elsewhere(live, wall):
    go(live, "live")
    choose(live, "cleo")
    choose(live, "ben")
    go(live, "frames")
    click(wall.grid, 1)
    choose(live, "ben")
    assert chosen_rows(wall.grid) == [1]


def test_the_item_of_the_queue_that_looks_chosen_is_aimed_at_again(window, live, make):
    go(live, "queue")
    item = ReviewItem(
        item_id="i1",
        entity_type="stream:v1:utterance",
        entity_id="e1",
        author_id="ann",
        author_name="Ann",
        cid=HALL,
        created_at=make.start,
    )
    live.session.apply(QueueItems((item,), (), True))
    live.session.apply(QueueState(read_at=make.start, due=1))
    rows = window.panels["queue"].list
    click(rows, 0)
    assert aim(live) == ["ann"]
    choose(live, "cleo")
    click(rows, 0)
    assert aim(live) == ["ann"]
    go(live, "live")
    choose(live, "cleo")
    go(live, "queue")
    assert chosen_rows(rows) == [0]
    assert aim(live) == ["ann"]


@pytest.fixture
def board(window, live, make):
    """Ann and Ben are blocked; Ben's sanction, the second, is chosen."""
    go(live, "sanctions")
    claim = Claim(act_id="a", by="mod", since=make.start - 60)
    blocks = [
        Sanction(
            form=Form.BLOCKED, user_id=each, claims=(claim,), cid=HALL, call_name="hall", name=each
        )
        for each in ("ann", "ben")
    ]
    live.session.apply(SanctionsChanged(tuple(blocks), (), True))
    panel = window.panels["sanctions"]
    panel.list.choose(panel.model.index(1, 0))
    assert aim(live) == ["ben"]
    panel.ids = {one.user_id: one.sanction_id for one in blocks}
    return panel


def lift(live, board, user_id):
    live.session.apply(SanctionsChanged((), (board.ids[user_id],), False))


def test_a_sanction_that_is_over_aims_at_nobody_else(live, board):
    go(live, "live")
    choose(live, "cleo")
    lift(live, board, "ann")
    assert aim(live) == ["cleo"]
    go(live, "sanctions")
    assert chosen_rows(board.list) == []
    assert aim(live) == ["cleo"]


@pytest.mark.parametrize("held", [False, True])
def test_once_the_chosen_sanction_is_lifted_nobody_is_chosen(window, live, board, held):
    if held:
        board.model.hold("pointer")
    lift(live, board, "ben")
    assert window.panels["sanction"].blank.isVisible()
    assert aim(live) == []
    assert chosen_rows(board.list) == []


def test_a_request_that_is_answered_changes_no_aim_out_of_sight(window, live, make):
    go(live, "requests")
    asked = tuple(make.request(each) for each in ("ann", "ben"))
    live.session.apply(RequestsChanged(asked, (), True, make.start - 60))
    inbox = window.panels["requests"]
    inbox.list.choose(inbox.model.index(0, 0))
    inbox.list.extend(1)
    go(live, "live")
    assert aim(live) == ["ann", "ben"]
    live.session.apply(RequestsChanged((), (asked[0].key,), False, make.start - 60))
    assert aim(live) == ["ann", "ben"]
    choose(live, "cleo", "ben")
    assert chosen_rows(inbox.list) == []


def test_whoever_leaves_the_list_of_people_changes_no_aim_at_several_of_elsewhere(
    window, live, open_items, make
):
    go(live, "live")
    choose(live, "cleo")
    assert chosen_rows(window.people.list) == [2]
    go(live, "open")
    open_items.list.choose(open_items.model.index(0, 0))
    open_items.list.extend(1)
    assert aim(live) == ["ann", "ben"]
    live.session.apply(make.people(make.person("ann"), make.person("ben"), whole=True))
    assert aim(live) == ["ann", "ben"]
