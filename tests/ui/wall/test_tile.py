from console.ui.state.entries import ItemEntry
from console.ui.state.heat import CallHeat
from console.ui.wall.tile import CallState, tile_of, tile_spoken
from console.ui.widgets.short_texts import clock_minute

NOW = 1_800_000_000.0


def warm(make, since=0.0):
    heat = CallHeat()
    heat.judge("u1", NOW, None, make.verdict("u1"), seen=False)
    if since:
        heat.pause(since, NOW)
    return heat


def test_a_call_that_is_not_heard_says_so_with_a_running_clock_and_its_people_as_of_then(make):
    since = NOW - 80
    heat = warm(make, since)
    tile = tile_of(make.call(people=41, unmonitored_since=since), heat, None, NOW)
    at = clock_minute(since)
    assert tile.state is CallState.NOT_HEARD
    assert tile.note == f"not monitored since {at}, 1:20"
    assert tile.people == f"41 as of {at}"
    assert (tile.heat, tile.frozen) == ("2", True)
    later = tile_of(make.call(people=41, unmonitored_since=since), heat, None, NOW + 3600)
    assert (later.heat, later.level) == (tile.heat, tile.level)
    assert later.note == f"not monitored since {at}, 1:01:20"
    assert "standing still" in tile_spoken(tile)


def test_a_call_that_is_heard_is_not_hatched(make):
    tile = tile_of(make.call(people=41), warm(make), None, NOW)
    assert (tile.state, tile.frozen, tile.note, tile.people) == (CallState.LIVE, False, "", "41")


def test_the_last_raised_line_is_on_the_tile_and_is_plain_text(make):
    said = make.said(text="pay \u202eme <b>now</b>", received_at=NOW)
    line = ItemEntry(serial=1, item=said, verdict=make.verdict("u1"))
    tile = tile_of(make.call(), warm(make), line, NOW, who="Ann", raised=1, asking=2, pinned=True)
    assert tile.said == "pay ⟦RLO⟧me <b>now</b>"
    spoken = tile_spoken(tile)
    assert f"last raised at {clock_minute(NOW)}, Ann: pay" in spoken
    assert "1 open item, 2 asking for a permission, heat 2, pinned" in spoken


def test_a_call_that_is_over_has_no_people(make):
    tile = tile_of(make.call(people=3, ended_at=NOW - 60), CallHeat(), None, NOW)
    assert (tile.state, tile.people) == (CallState.ENDED, "")
    assert tile.note == f"ended {clock_minute(NOW - 60)}"


def test_a_call_in_a_language_that_nothing_judges_says_so(make):
    tile = tile_of(make.call(people=41), CallHeat(), None, NOW, language="Thai")
    assert (tile.note, tile.warns) == ("not judged: Thai", True)
    assert "not judged: Thai" in tile_spoken(tile)
    since = NOW - 20
    blind = tile_of(make.call(unmonitored_since=since), CallHeat(), None, NOW, language="Thai")
    assert blind.note.startswith("not monitored"), "what is not heard goes first"
