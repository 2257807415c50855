"""The board: what ends first comes first, why it is in force, lifting, and another time."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.sanction import Claim, Form, Keeper, Sanction
from console.domain.verdict import JudgedItem
from console.protocol.acts import RequestAct
from console.protocol.people import AskPerson, PersonCard
from console.protocol.sanctions import (
    LiftSanction,
    LiftSanctions,
    SanctionAnswer,
    SanctionsChanged,
    TimeSanction,
)
from console.ui.state.targets import target_of_person
from console.ui.widgets.roles import Role

HALL = "default:hall"
HOSTILE = "<b>Ann</b>\u202e\nis not blocked."


@pytest.fixture
def sanction(make):
    def build(user_id="ann", form=Form.BLOCKED, *, left=0.0, claims=(), **fields):
        until = make.start + left if left else 0.0
        keeper = Keeper.ENGINE if left else Keeper.NOBODY
        claim = Claim(act_id="a", by="mod", since=make.start - 60, until=until, keeper=keeper)
        fields.setdefault("cid", HALL)
        fields.setdefault("call_name", "hall")
        fields.setdefault("name", user_id.title())
        return Sanction(form=form, user_id=user_id, claims=claims or (claim,), **fields)

    return build


@pytest.fixture
def tell(live):
    def change(*sanctions, gone=(), whole=False):
        live.session.apply(SanctionsChanged(sanctions, gone, whole))

    return change


@pytest.fixture
def board(window, live):
    live.commands.action("workspace.sanctions").trigger()
    return window.panels["sanctions"]


@pytest.fixture
def stage(window, board):
    return window.panels["sanction"]


def names(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def answer(live, window, kind, sentence=""):
    asked = window.sent.of(kind)[-1]
    live.engine.say(SanctionAnswer(asked.request_id, sentence=sentence))


def test_what_ends_first_comes_first_and_what_was_not_lifted_before_all(board, tell, sanction):
    tell(
        sanction("ben"),
        sanction("cleo", left=600),
        sanction("dan", left=90_000),
        sanction("ann", left=5.0, trouble="Stream refused it."),
    )
    assert names(board) == ["Ann", "Cleo", "Dan", "Ben"]
    spoken = [
        board.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)
    ]
    assert spoken == [
        "Ann, not lifted: Stream refused it., 0:05",
        "Cleo, blocked by you · hall, 10:00",
        "Dan, blocked by you · hall, 25:00:00",
        "Ben, blocked by you · hall, until lifted",
    ]


def test_the_rail_counts_what_ends_soon_and_an_empty_board_says_what_it_is(
    window, board, tell, sanction
):
    assert board.blank.accessibleName().startswith("Nothing is in force.")
    tell(sanction("ann", left=30.0), sanction("ben", left=3_000.0))
    assert window.workspace.count(window.context) == 1
    assert window.docks.by_id["sanctions"]._note.text() == "2 sanctions, 1 ending soon"


def test_a_search_finds_people_of_no_list_by_name_call_and_reason(board, tell, sanction):
    claim = Claim(by="bea", reason="Sold watches")
    tell(sanction("ann"), sanction("stranger", Form.BANNED, cid="", claims=(claim,)))
    for typed, found in (("watches", 1), ("bea", 1), ("whole app", 1), ("hall", 1), ("xyz", 0)):
        board.search.setText(typed)
        assert board.model.rowCount() == found, typed
    assert board.blank.accessibleName() == "Nothing in force has these words."


def test_the_stage_says_what_why_by_whom_and_until_when(window, board, stage, tell, sanction):
    theirs = Claim(by="bea", reason="Again", since=0.0)
    ours = Claim(act_id="a", by="mod", since=1.0, until=0.0, again=3, sticky=True)
    tell(
        sanction(
            "ann",
            Form.REVOKED,
            what="send-audio",
            name=HOSTILE,
            call_name="Hall",
            claims=(theirs, ours),
        )
    )
    board.list.choose(board.model.index(0, 0))
    assert "\u202e" not in stage.name.text()
    assert stage.state.text() == "Kept muted in Hall until somebody lifts it."
    first, second = stage.claims.text().splitlines()
    assert first.startswith("Set by you at ")
    assert first.endswith("; applied again 3 times.")
    assert second == "Set by bea: Again"
    assert stage.lift.text().startswith("Stop and give back")
    assert "it ends for all of them" in stage.lift_note.text()


@pytest.mark.parametrize(
    ("form", "fields", "state", "lift"),
    [
        (
            Form.CHAT_BANNED,
            {},
            "Banned from the chat of hall until somebody lifts it.",
            "Lets them write in this chat again.",
        ),
        (
            Form.CHAT_SHADOWED,
            {},
            "Shadow banned in the chat of hall until somebody lifts it.",
            "All see again what they write in this chat.",
        ),
        (
            Form.HIDDEN,
            {"cid": "", "call_name": ""},
            "Hidden from you in your chats until you end it.",
            "Your chat apps show what they write again.",
        ),
    ],
)
def test_what_holds_in_chats_says_where_and_how_it_ends(
    window, board, stage, tell, sanction, form, fields, state, lift
):
    tell(sanction("ann", form, **fields))
    board.list.choose(board.model.index(0, 0))

    assert stage.state.text() == state
    assert stage.lift_note.text() == lift
    assert stage.lift.isEnabled()
    assert not any(button.isVisibleTo(stage) for button in stage.times.group.buttons())


def test_choosing_a_row_aims_at_the_person_and_shows_what_they_said_before(
    window, live, board, stage, tell, sanction, make
):
    tell(sanction("ann"))
    board.list.choose(board.model.index(0, 0))
    assert [target.user_id for target in live.controller.chosen] == ["ann"]
    asked = window.sent.of(AskPerson)[-1]
    said = [
        JudgedItem(make.said(key, author_id="ann", received_at=make.start + at), ())
        for key, at in (("u1", -90.0), ("u2", 30.0))
    ]
    live.engine.say(
        PersonCard(asked.request_id, cid=HALL, user_id="ann", items=tuple(said), acts=())
    )
    assert stage.said.text() == "What they said before it (1, 0 raised)"
    assert stage.lines.model().rowCount() == 1


def test_u_lifts_what_is_chosen_and_a_refusal_is_said(
    window, live, board, tell, sanction, recorder
):
    recorder.watch(said=live.controller.said)
    live.commands.action("sanction.lift").trigger()
    assert recorder.of("said")[-1][0] == "Choose a sanction first."
    tell(sanction("ann"))
    live.commands.action("go.next").trigger()
    live.commands.action("sanction.lift").trigger()
    key = window.sent.of(LiftSanction)[-1].sanction_id
    assert key == sanction("ann").sanction_id
    answer(live, window, LiftSanction, "It is in force no more.")
    assert recorder.of("said")[-1] == ("It is in force no more.", "warn")


def test_a_soft_mute_cannot_be_lifted_and_says_who_can(
    window, live, board, stage, tell, sanction, recorder
):
    recorder.watch(said=live.controller.said)
    tell(sanction("ann", Form.MUTED))
    board.list.choose(board.model.index(0, 0))
    assert not stage.lift.isEnabled()
    live.commands.action("sanction.lift").trigger()
    assert recorder.of("said")[-1][0] == "Only they themselves can turn it on again."
    assert window.sent.of(LiftSanction) == []


def test_another_time_is_given_by_the_presets_of_the_settings(
    window, live, board, stage, tell, sanction
):
    live.settings["times_block_for"] = "5 min, for good"
    tell(sanction("ann", left=600.0))
    board.list.choose(board.model.index(0, 0))
    buttons = {button.text(): button for button in stage.times.group.buttons()}
    assert list(buttons) == ["1   5 minutes", "2   By hand only"]
    buttons["1   5 minutes"].click()
    live.commands.action("sanction.time").trigger()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_2)
    assert window.focusWidget() is board.list
    assert [ask.minutes for ask in window.sent.of(TimeSanction)] == [5, None]


def test_of_others_sanctions_and_of_bans_no_time_is_offered(window, board, stage, tell, sanction):
    tell(sanction("ann", claims=(Claim(by="bea"),)))
    board.list.choose(board.model.index(0, 0))
    assert stage.time_note.text() == "Only what was set in this console can be given a time here."
    assert stage.times.isHidden()


def test_what_is_over_leaves_the_stage(window, board, stage, tell, sanction):
    tell(sanction("ann"))
    board.list.choose(board.model.index(0, 0))
    assert stage.name.isVisible()
    tell(gone=(sanction("ann").sanction_id,))
    assert stage.blank.isVisible()


def test_rows_hold_still_under_the_pointer(board, tell, sanction):
    tell(sanction("ann", left=600.0), sanction("ben", left=700.0))
    board.model.hold()
    tell(gone=(sanction("ann").sanction_id,))
    tell(sanction("cleo", left=1.0))
    assert names(board) == ["Ann", "Ben", "Cleo"]
    assert board.model.index(0, 0).data(Role.GONE)
    board.model.release()
    assert names(board) == ["Cleo", "Ben"]


def test_before_an_end_it_is_said_once(window, live, clock, tell, sanction, recorder):
    recorder.watch(said=live.controller.said)
    warnings = next(child for child in live.link.children() if hasattr(child, "look"))
    tell(sanction("ann", left=300.0))
    warnings.look()
    assert recorder.of("said") == []
    clock.time += 245.0
    warnings.look()
    warnings.look()
    assert recorder.of("said") == [("Ann is blocked in hall for 55 s more.", "warn")]
    tell(*(sanction(f"p{n}", left=260.0) for n in range(5)))
    warnings.look()
    assert recorder.of("said")[-1] == ("5 sanctions end soon.", "warn")


def test_before_a_ban_ends_that_stream_keeps_it_is_said_too(window, live, tell, sanction, recorder):
    recorder.watch(said=live.controller.said)
    warnings = next(child for child in live.link.children() if hasattr(child, "look"))
    banned = sanction("ann", form=Form.BANNED, left=55.0)
    claims = tuple(replace(claim, keeper=Keeper.STREAM) for claim in banned.claims)
    tell(replace(banned, claims=claims))
    warnings.look()
    ((words, _),) = recorder.of("said")
    assert words.startswith("Ann is banned")


@pytest.mark.parametrize(
    ("kind", "form"),
    [("keep_muted", "keep_muted-dialog"), ("block_for", "block_for-dialog"), ("ban", "ban-dialog")],
)
def test_the_form_offers_the_presets_with_digits_as_keys_and_remembers(
    window, live, make, kind, form
):
    live.settings[f"times_{kind}"] = "2 min, 3 h, for good"
    person = live.session.people.find(HALL, "ann")
    live.controller.choose_person(target_of_person(person, live.session.calls[HALL]))
    live.commands.action(f"act.{kind}").trigger()
    dialog = window.dialogs.open_dialog
    assert dialog.objectName() == form
    assert [button.text() for button in dialog.presets.buttons()] == [
        "1   2 minutes",
        "2   3 hours",
        "3   For good",
    ]
    QTest.keyClick(dialog, Qt.Key.Key_3)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    dialog.reason.setText("Spam")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    act = window.sent.of(RequestAct)[-1].act
    assert (act.kind, act.minutes, act.reason) == (kind, 2, "Spam")
    live.commands.action(f"act.{kind}").trigger()
    assert window.dialogs.open_dialog.minutes == 2
    window.dialogs.open_dialog.reject()


def test_times_in_the_settings_are_checked_while_they_are_typed(window, live, qtbot):
    window.dialogs.show_settings()
    row = window.dialogs.open_dialog.rows["times_ban"]
    row.editor.clear()
    QTest.keyClicks(row.editor, "5 min, soon")
    assert row.note.text().startswith("“soon” is no time")
    QTest.keyClicks(row.editor, "")
    row.editor.setText("")
    QTest.keyClicks(row.editor, "5 min, 2 days")
    assert live.settings["times_ban"] == "5 min, 2 days"
    row.reset.click()
    assert row.editor.text() == "10 min, 1 h, 24 h, 7 days, for good"
    window.dialogs.open_dialog.reject()


def test_several_are_chosen_with_the_keyboard_and_lifted_by_one_press(
    window, live, board, stage, tell, sanction, recorder
):
    tell(sanction("ann"), sanction("ben"), sanction("cleo"), sanction("dan", Form.MUTED))
    recorder.watch(said=live.controller.said)
    board.list.setFocus()
    board.list.choose(board.model.index(0, 0))
    board.list.extend(1)
    board.list.extend(1)
    assert stage.lift.text().startswith("Lift 3")
    assert stage.lift.isEnabled()
    live.commands.action("sanction.lift").trigger()
    (asked,) = window.sent.of(LiftSanctions)
    assert len(asked.sanction_ids) == 3
    assert window.sent.of(LiftSanction) == []
    answer = SanctionAnswer(asked.request_id, lifting=2, left=1, why="It is in force no more.")
    live.engine.say(answer)
    assert recorder.of("said")[-1] == (
        "Lifting 2 sanctions: asked for. 1 sanction not: It is in force no more.",
        "warn",
    )
    board.list.choose(board.model.index(0, 0))
    assert not stage.lift.text().startswith("Lift 3")
