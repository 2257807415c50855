"""Members, banned users and blocks: lists beside the acts that concern them."""

import pytest
from PySide6.QtCore import Qt

from console.domain.act import ReceiptState
from console.protocol.acts import ActsChanged, RequestAct
from console.protocol.app_wide import (
    AskBanned,
    AskUserBlocks,
    BannedAnswer,
    BannedPerson,
    ChangeUserBlock,
    UserBlock,
    UserBlocksAnswer,
)
from console.protocol.members import AskMembers, CallMember, MembersAnswer
from console.ui.state.targets import Target

HALL = "default:hall"
HOSTILE = "<b>Ann</b>\u202e"


@pytest.fixture
def panel(window, live, qtbot):
    def show(name):
        live.commands.run(f"focus.{name}")
        qtbot.waitUntil(lambda: name in window.panels)
        return window.panels[name]

    return show


@pytest.fixture
def tell(engine):
    def answer(message):
        engine.message_received.emit(message)

    return answer


def cells(table):
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def requested(sent):
    return [(m.act.kind, m.act.cid, m.act.user_ids) for m in sent.of(RequestAct)]


def test_members_are_listed_and_a_row_aims_at_its_member(panel, sent, tell, live):
    members = panel("members")
    question = sent.of(AskMembers)[-1]
    assert question.cid == HALL
    ann = CallMember(user_id="ann", name=HOSTILE, role="host", since=1_790_000_000.0)
    tell(MembersAnswer(question.request_id, cid=HALL, members=(ann,), next_page="p2"))

    ((name, role, _since),) = cells(members.table)
    assert role == "host"
    assert "\u202e" not in name
    assert not members.more.isHidden()

    members.table.selectRow(0)
    assert [target.user_id for target in live.controller.chosen] == ["ann"]


def test_the_chosen_become_members_get_a_role_and_are_removed(panel, sent, live, qtbot, make):
    members = panel("members")
    live.controller.choose_people(
        [Target(cid=HALL, user_id=user, name=user) for user in ("ann", "ben")]
    )

    qtbot.mouseClick(members.add, Qt.MouseButton.LeftButton)
    members.role.setCurrentText("speaker")
    qtbot.mouseClick(members.set_role, Qt.MouseButton.LeftButton)

    assert requested(sent) == [
        ("add_member", HALL, ("ann", "ben")),
        ("set_member_role", HALL, ("ann", "ben")),
    ]
    assert sent.of(RequestAct)[-1].act.role == "speaker"


def test_the_members_are_read_again_after_an_act_on_them(panel, sent, live, make, qtbot):
    panel("members")
    before = len(sent.of(AskMembers))
    act = make.act("a1", "add_member", user_ids=("ann",), names=("Ann",), cid=HALL)
    live.session.apply(ActsChanged(acts=(make.progress(act, ReceiptState.SEEN),)))

    qtbot.waitUntil(lambda: len(sent.of(AskMembers)) > before)


def test_the_banned_are_listed_and_unbanned_wherever_they_are(panel, sent, tell, qtbot, live):
    banned = panel("banned")
    question = sent.of(AskBanned)[-1]
    people = (
        BannedPerson(user_id="zed", name=HOSTILE, by="mod", reason="Spam", until=1_790_000_000.0),
        BannedPerson(user_id="yan", name="Yan"),
    )
    tell(BannedAnswer(question.request_id, people=people))

    rows = cells(banned.table)
    assert rows[1][:2] == ["Yan", "for good"]
    assert rows[0][3] == "Spam"
    assert not banned.unban.isEnabled()

    banned.table.selectRow(1)
    assert banned.unban.isEnabled()
    qtbot.mouseClick(banned.unban, Qt.MouseButton.LeftButton)
    assert requested(sent) == [("unban", "", ("yan",))]


def test_people_of_no_list_are_chosen_by_their_ids_for_acts_in_the_app(
    panel, sent, live, clock, qtbot
):
    banned = panel("banned")
    banned.ids.setText(" u1, u2;u1\tu3 ")
    qtbot.keyClick(banned.ids, Qt.Key.Key_Return)
    assert [target.user_id for target in live.controller.chosen] == ["u1", "u2", "u3"]

    live.controller.request_act("deactivate_user", pointed=True)
    assert requested(sent) == []
    clock.time += 1
    live.controller.arming.press_again()

    assert requested(sent) == [("deactivate_user", "", ("u1", "u2", "u3"))]
    assert "Choose a call" in live.controller.why_none("kick", live.controller.chosen)


def test_too_many_ids_are_refused(panel, live, recorder):
    recorder.watch(said=live.controller.said)
    banned = panel("banned")
    banned.ids.setText(",".join(f"u{number}" for number in range(101)))
    banned.choose_ids()

    assert recorder.of("said") == [("Choose 100 people at most.", "warn")]
    assert live.controller.chosen == ()


def test_what_stream_refused_stands_in_the_place_of_the_list(panel, sent, tell):
    banned = panel("banned")
    question = sent.of(AskBanned)[-1]
    tell(BannedAnswer(question.request_id, sentence="Stream does not allow this."))

    assert banned.words.text() == "Stream does not allow this."
    assert banned.blank.isVisible()


def test_blocks_of_the_chosen_person_are_listed_made_and_lifted(panel, sent, tell, live, qtbot):
    blocks = panel("blocks")
    assert not blocks.block.isEnabled()
    live.controller.choose_person(Target(cid=HALL, user_id="ann", name="Ann"))
    question = sent.of(AskUserBlocks)[-1]
    assert question.user_id == "ann"
    ben = UserBlock(user_id="ben", name="Ben")
    tell(UserBlocksAnswer(question.request_id, user_id="ann", blocks=(ben,)))
    assert [row[0] for row in cells(blocks.table)] == ["Ben"]

    blocks.other.setText("cleo")
    qtbot.mouseClick(blocks.block, Qt.MouseButton.LeftButton)
    made = sent.of(ChangeUserBlock)[-1]
    assert (made.user_id, made.blocked_user_id, made.blocked) == ("ann", "cleo", True)

    blocks.table.selectRow(0)
    qtbot.mouseClick(blocks.unblock, Qt.MouseButton.LeftButton)
    lifted = sent.of(ChangeUserBlock)[-1]
    assert (lifted.blocked_user_id, lifted.blocked) == ("ben", False)
    tell(UserBlocksAnswer(lifted.request_id, user_id="ann", blocks=()))
    assert cells(blocks.table) == []


def test_an_answer_about_somebody_else_is_not_shown(panel, sent, tell, live):
    blocks = panel("blocks")
    live.controller.choose_person(Target(cid=HALL, user_id="ann", name="Ann"))
    question = sent.of(AskUserBlocks)[-1]
    live.controller.choose_person(Target(cid=HALL, user_id="ben", name="Ben"))
    ben = UserBlock(user_id="ben", name="Ben")
    tell(UserBlocksAnswer(question.request_id, user_id="ann", blocks=(ben,)))

    assert cells(blocks.table) == []


def test_nothing_is_read_before_somebody_looks(window, live, sent):
    live.controller.choose_person(Target(cid=HALL, user_id="ann", name="Ann"))

    assert not sent.of(AskMembers)
    assert not sent.of(AskBanned)
    assert not sent.of(AskUserBlocks)
