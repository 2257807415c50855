"""Views of the wall are kept under a name, chosen and removed."""

import pytest

from console.ui.state.call_filter import read_filter
from console.ui.state.settings_table import SETTINGS
from console.ui.wall import views
from console.ui.wall.feature import WALL
from console.ui.wall.views import BUILT_IN, View, read_views, stored_views, why_no_name
from console.ui.wall.wall_header import ORDERS

OWN = View("Support", "support is:unheard", "small", "heat")


@pytest.fixture
def wall(window, live, make):
    calls = (make.call(f"default:support-{number}", people=number) for number in range(4))
    live.session.apply(make.calls(*calls))
    window.show_workspace(WALL)
    return window.wall


def names(menu):
    return [action.text() for action in menu.actions() if action.text()]


def test_every_view_that_the_program_brings_is_understood():
    assert [read_filter(view.filter).trouble for view in BUILT_IN] == [""] * len(BUILT_IN)


def test_what_is_stored_is_read_again_and_what_is_no_view_is_left_out():
    spoiled = [3, {"name": ""}, {"name": "x", "filter": 7}, {"name": "y", "filter": "z" * 500}]
    assert read_views([*spoiled, *stored_views([OWN])]) == (OWN,)
    assert len(read_views(stored_views(View(str(n)) for n in range(views.MOST + 5)))) == views.MOST


@pytest.mark.parametrize("name", ["", "  ", "All calls", "x" * 41])
def test_a_name_that_cannot_be_taken_is_refused_with_a_reason(name):
    assert why_no_name(name, [OWN]).endswith(".")


def test_the_name_of_a_kept_view_replaces_it_and_there_is_a_most():
    full = [View(str(number)) for number in range(views.MOST)]
    assert why_no_name("Support", [OWN]) == ""
    assert why_no_name("3", full) == ""
    assert "Remove one" in why_no_name("new", full)


def test_a_view_is_kept_chosen_and_removed(wall, live):
    menu = wall.header.views
    wall.header.filter.setText("support  people>1")
    live.settings["wall_tiles"] = "small"
    dialog = menu.ask_name()
    assert not dialog.go.isEnabled()
    dialog.field.setText("Busy support")
    dialog.go.click()
    assert live.settings["wall_views"] == [
        {"name": "Busy support", "filter": "support people>1", "tiles": "small", "order": ""}
    ]
    assert menu.text() == "Busy support"

    wall.header.filter.clear()
    live.settings["wall_tiles"] = "large"
    assert menu.text() == "Views"
    menu.fill()
    (own,) = [action for action in menu.menu().actions() if action.text() == "Busy support"]
    own.trigger()
    assert wall.header.filter.text() == "support people>1"
    assert live.settings["wall_tiles"] == "small"
    assert wall.model.cids() == ("default:support-2", "default:support-3")
    assert wall.tiles.hasFocus()

    menu.fill()
    (remove,) = [each.menu() for each in menu.menu().actions() if each.menu()]
    assert names(remove) == ["Busy support"]
    remove.actions()[0].trigger()
    assert live.settings["wall_views"] == []


def test_a_view_can_arrange_the_tiles(wall, live):
    live.settings["wall_views"] = stored_views([View("Big", "support", "", "people")])
    menu = wall.header.views
    menu.fill()
    (big,) = [action for action in menu.menu().actions() if action.text() == "Big"]
    big.trigger()
    assert wall.model.cids()[0] == "default:support-3"


def test_orders_and_sizes_of_views_are_those_that_there_are(wall):
    assert OWN.order in dict(ORDERS)
    assert OWN.tiles in dict(SETTINGS["wall_tiles"].choices)


def test_a_name_with_signs_of_menus_is_shown_as_it_is(wall, live):
    live.settings["wall_views"] = stored_views([View("Q&A", "qa")])
    wall.header.views.fill()
    assert "Q&&A" in names(wall.header.views.menu())
