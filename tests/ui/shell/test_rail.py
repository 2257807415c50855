"""The rail: workspaces with their keys and waiting work, and what a sign-in cannot use."""

import pytest

from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.to_window import EngineState
from console.ui.shell.rail import Rail
from console.ui.state.feature import Area, Feature, Panel, Workspace

NEEDS_SECRET = "Stream's review queue needs the app's secret."


def stage(name):
    return Feature(
        id=name, title=name, icon="info", area=Area.STAGE, panel=lambda _context: Panel()
    )


@pytest.fixture
def waiting():
    return {"one": 0, "two": 3}


@pytest.fixture
def rail(parts, qtbot, waiting, monkeypatch):
    def workspace(id_, key, **fields):
        return Workspace(
            id=id_,
            title=id_.title(),
            icon="info",
            key=key,
            stage=stage(id_),
            count=lambda _context: waiting[id_],
            count_words=("thing", "things"),
            **fields,
        )

    def missing(context):
        return "" if context.session.state.method is Method.SECRET else NEEDS_SECRET

    keys = {"workspace.one": "1", "workspace.two": "2"}
    monkeypatch.setattr(parts.keymap, "key", keys.__getitem__)
    made = Rail(parts, (workspace("one", "1"), workspace("two", "2", missing=missing)))
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_entry_says_how_much_waits_and_which_key_selects_it(rail, waiting):
    two = rail.buttons["two"]
    assert two.accessibleName() == "Two, 3 things"
    assert "Two (2)" in two.toolTip()
    waiting["two"] = 0
    rail.refresh()
    assert two.accessibleName() == "Two"
    assert "nothing waits" in two.toolTip()


def test_a_press_chooses_and_the_current_one_is_marked(rail, recorder):
    recorder.watch(chosen=rail.chosen)
    rail.buttons["two"].click()
    assert [workspace.id for workspace in recorder.of("chosen")] == ["two"]
    rail.show_current(rail.buttons["one"].workspace)
    assert rail.buttons["one"].isChecked()
    assert not rail.buttons["two"].isChecked()


def test_what_a_sign_in_cannot_use_goes_and_says_once_why(rail, parts, recorder):
    recorder.watch(said=parts.controller.said)
    token = EngineState(phase=Phase.LIVE, method=Method.TOKEN, user_id="mod")
    for _ in range(2):
        parts.session.apply(token)
    assert rail.buttons["two"].isHidden()
    assert not rail.buttons["one"].isHidden()
    assert recorder.of("said") == [(f"Two is not shown: {NEEDS_SECRET}", "")]
    parts.session.apply(EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod"))
    assert not rail.buttons["two"].isHidden()
