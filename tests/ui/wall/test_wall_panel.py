"""The wall in the window: by keyboard and mouse, into calls and back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.domain.verdict import Severity
from console.ui.wall.feature import WALL
from console.ui.wall.tile import TileKind
from console.ui.wall.wall_model import KEPT_S, TILE

CALLS = 40


def cid(number):
    return f"default:call-{number:03}"


@pytest.fixture
def wall(window, live, make):
    calls = [make.call(cid(number), captioning=True) for number in range(CALLS)]
    live.session.apply(make.calls(*calls, whole=True))
    window.show_workspace(WALL)
    return window.wall


def raise_in(live, make, where, key="raised", **fields):
    said = make.said(key, cid=where, received_at=live.clock.now(), text=f"bad words of {key}")
    live.session.apply(make.heard(said, verdicts=[make.verdict(key, **fields)]))


def leave_open(live, make, where, key, severity=Severity.MEDIUM):
    said = make.said(key, cid=where, received_at=live.clock.now())
    item = make.raised_item(key, said=said, verdict=make.verdict(key, severity=severity))
    live.session.apply(make.raised(item))


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifiers)


def test_every_call_has_a_tile_in_the_order_of_names(wall):
    assert wall.model.cids() == tuple(cid(number) for number in range(CALLS))
    assert wall.tiles.hasFocus()


def test_tiles_keep_their_place_whatever_happens_in_the_calls(wall, live, make, clock):
    raise_in(live, make, cid(30), severity=Severity.CRITICAL)
    live.session.apply(make.calls(make.call(cid(5), people=900), removed=(cid(7),)))
    live.session.apply(make.calls(make.call("default:a-new-one")))
    assert wall.model.cids() == (*(cid(number) for number in range(CALLS)), "default:a-new-one")
    assert wall.model.tile(cid(7)).note.startswith("ended")

    clock.time += KEPT_S
    live.session.apply(make.calls(make.call("default:another")))
    assert wall.model.cids()[7] == "default:another"
    assert wall.model.row_of("default:a-new-one") == CALLS


def test_arrows_move_between_tiles_and_enter_goes_in_and_backspace_back(wall, window, live):
    tiles, columns = wall.tiles, wall.tiles._grid.columns
    press(tiles, Qt.Key.Key_Right)
    assert wall.current() == cid(0)
    press(tiles, Qt.Key.Key_Right)
    press(tiles, Qt.Key.Key_Down)
    assert wall.current() == cid(columns + 1)
    press(tiles, Qt.Key.Key_Left)
    press(tiles, Qt.Key.Key_Up)
    assert wall.current() == cid(0)
    press(tiles, Qt.Key.Key_J)
    assert wall.current() == cid(1)
    press(tiles, Qt.Key.Key_Return)
    assert (window.workspace.id, live.controller.cid) == ("live", cid(1))
    press(window, Qt.Key.Key_Backspace)
    assert (window.workspace.id, wall.current()) == ("wall", cid(1))
    assert wall.tiles.hasFocus()


def test_one_key_goes_into_the_hottest_call_and_one_back(wall, window, live, make):
    raise_in(live, make, cid(4), "mild", severity=Severity.LOW)
    raise_in(live, make, cid(33), "worst", severity=Severity.CRITICAL)
    press(wall.tiles, Qt.Key.Key_H)
    assert (window.workspace.id, live.controller.cid) == ("live", cid(33))
    assert wall.current() == cid(33)
    press(window, Qt.Key.Key_Backspace)
    assert window.workspace.id == "wall"


def test_the_gravest_open_item_is_worse_than_heat(wall, window, live, make):
    raise_in(live, make, cid(4), severity=Severity.CRITICAL)
    leave_open(live, make, cid(21), "mild", Severity.LOW)
    leave_open(live, make, cid(22), "grave", Severity.HIGH)
    press(wall.tiles, Qt.Key.Key_H)
    assert live.controller.cid == cid(22)


def test_open_items_are_counted_on_the_tile_and_walked_by_key(wall, live, make):
    leave_open(live, make, cid(5), "one")
    leave_open(live, make, cid(5), "two")
    leave_open(live, make, cid(30), "three")
    assert [wall.model.tile(cid(number)).open for number in (4, 5, 30)] == [0, 2, 1]
    wall.header.filter.setText("open>0")
    assert wall.model.cids() == (cid(5), cid(30))
    wall.header.filter.clear()
    wall.take_focus()
    press(wall.tiles, Qt.Key.Key_N)
    assert wall.current() == cid(5)
    press(wall.tiles, Qt.Key.Key_N)
    press(wall.tiles, Qt.Key.Key_N)
    assert wall.current() == cid(5)
    press(wall.tiles, Qt.Key.Key_P)
    assert wall.current() == cid(30)


def test_a_tile_is_painted_anew_when_its_items_are_decided(wall, live, make, recorder):
    leave_open(live, make, cid(5), "one")
    wall.model.index(5).data(TILE)
    recorder.watch(changed=wall.model.dataChanged)
    live.session.apply(make.raised(whole=True))
    wall.model._tell_touched()
    assert [first.row() for first, *_ in recorder.of("changed")] == [5]


def test_without_heat_or_a_way_back_the_keys_say_so(wall, window, live):
    said = []
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    press(wall.tiles, Qt.Key.Key_H)
    press(wall.tiles, Qt.Key.Key_Backspace)
    assert "no call is hot" in said[0]
    assert "not come here from another place" in said[1]
    assert window.workspace.id == "wall"


def test_a_double_click_goes_into_the_call(wall, window, live, qtbot):
    middle = wall.tiles.visualRect(wall.model.index(6)).center()
    QTest.mouseDClick(wall.tiles.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (window.workspace.id, live.controller.cid) == ("live", cid(6))


def test_a_press_on_a_place_that_another_call_just_took_does_nothing(wall, live, make, clock):
    said = []
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    live.session.apply(make.calls(removed=(cid(2),)))
    clock.time += KEPT_S
    live.session.apply(make.calls(make.call("default:other")))
    middle = wall.tiles.visualRect(wall.model.index(2)).center()
    QTest.mouseClick(wall.tiles.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert wall.current() == ""
    assert "did nothing" in said[0]
    clock.time += 1
    QTest.mouseClick(wall.tiles.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert wall.current() == "default:other"


def test_a_filter_shows_some_and_its_end_puts_all_back_where_they_were(wall, live, make):
    raise_in(live, make, cid(12))
    wall.tiles.choose(12)
    wall.header.filter.setText("is:warm")
    assert wall.model.cids() == (cid(12),)
    assert wall.current() == cid(12)
    raise_in(live, make, cid(3), "second")
    wall.model.tick()
    assert wall.model.cids() == (cid(12), cid(3))
    wall.header.filter.setText("is:nonsense")
    assert not wall.header._trouble.isHidden()
    wall.header.filter.clear()
    assert wall.model.cids() == tuple(cid(number) for number in range(CALLS))
    assert wall.header._trouble.isHidden()


def test_what_stops_to_fit_stays_in_its_place_faintly_until_it_is_tidied(wall, live, make, clock):
    raise_in(live, make, cid(12))
    raise_in(live, make, cid(20), "other", severity=Severity.CRITICAL)
    wall.header.filter.setText("heat>=1")
    clock.time += 130
    wall.model.tick()
    assert wall.model.cids() == (cid(12), cid(20))
    assert [wall.model.tile(each).fits for each in wall.model.cids()] == [False, True]
    wall.header.tidy_wanted.emit()
    assert wall.model.cids() == (cid(20),)


def test_a_filter_that_nothing_fits_says_so(wall):
    wall.header.filter.setText("nobody is called that")
    assert not wall.tiles.isVisible()
    assert wall.blank.accessibleName().startswith("No call fits this filter.")


def test_the_size_of_tiles_is_a_setting(wall, live):
    kinds = []
    for size in ("large", "small"):
        live.settings["wall_tiles"] = size
        kinds.append(wall.tiles.kind)
    assert kinds == [TileKind.LARGE, TileKind.SMALL]
    live.settings["wall_tiles"] = "fit"
    assert wall.tiles._grid.total <= wall.tiles.viewport().height()


def test_what_is_warm_out_of_sight_is_counted_and_reached(wall, window, live, make):
    live.settings["wall_tiles"] = "large"
    window.resize(900, 500)
    last = cid(CALLS - 1)
    assert wall.model.row_of(last) not in wall.tiles.in_sight()
    raise_in(live, make, last)
    wall.refresh()
    assert wall.foot.below.text() == "↓  1 warm below"
    wall.foot.below.click()
    assert wall.current() == last
    assert wall.model.row_of(last) in wall.tiles.wholly_in_sight()
    assert wall.foot.below.isHidden()
    assert "bad words of raised" in wall.foot.words.accessibleName()


def test_only_tiles_that_look_different_are_painted(wall, live, make, qtbot, recorder):
    for row in range(CALLS):
        wall.model.index(row).data(TILE)
    recorder.watch(changed=wall.model.dataChanged)
    raise_in(live, make, cid(9))
    live.session.apply(make.calls(make.call(cid(8), captioning=True)))  # as it was
    wall.model._tell_touched()
    assert [first.row() for first, *_ in recorder.of("changed")] == [9]


def test_a_press_beside_the_tiles_chooses_nothing(wall):
    QTest.mouseClick(wall.tiles.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert wall.current() == ""


def test_heat_is_explained_on_demand(wall, window, live, make):
    raise_in(live, make, cid(3))
    wall.tiles.choose(3)
    press(wall.tiles, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    popup = window.heat.popup
    assert popup.isVisible()
    assert "Heat 2.0" in popup.accessibleName()
    assert "bad words of raised" in popup.accessibleName()
    press(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_the_foot_says_how_the_wall_is_used_with_the_keys_of_now(wall, live):
    wall.tiles.clearSelection()
    wall.foot.show_tile(None)
    words = wall.foot.words.accessibleName()
    assert "Enter goes into its call, H into the worst." in words
    assert "Ctrl+B shows them side by side." in words


def test_space_chooses_tile_after_tile_and_keeps_the_first(wall):
    tiles = wall.tiles
    press(tiles, Qt.Key.Key_Right)
    press(tiles, Qt.Key.Key_Space)
    assert wall.foot.words.accessibleName().startswith("1 tile chosen: Space takes the next one")
    press(tiles, Qt.Key.Key_Right)
    press(tiles, Qt.Key.Key_J)
    press(tiles, Qt.Key.Key_Space)
    assert tiles.chosen() == (cid(0), cid(2))
    press(tiles, Qt.Key.Key_Space)
    assert tiles.chosen() == (cid(0),)
    press(tiles, Qt.Key.Key_Escape)
    press(tiles, Qt.Key.Key_Left)
    assert tiles.chosen() == (wall.current(),)
    assert "chosen" not in wall.foot.words.accessibleName()
