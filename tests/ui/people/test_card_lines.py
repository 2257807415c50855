from PySide6.QtCore import Qt

from console.base.clock import SystemClock
from console.domain.item import Item, Text
from console.domain.raised import RaisedState
from console.domain.verdict import JudgedItem
from console.protocol.people import PersonCard
from console.ui.people.card_lines import CardLinesModel
from console.ui.state.session_state import SessionState
from console.ui.widgets.roles import Role


def said(number: int) -> Item:
    return Item(
        item_id=f"u{number}",
        kind="caption",
        cid="default:a",
        session_id="s",
        author_id="x",
        author_name="X",
        body=Text(f"text {number}"),
        start_time=float(number),
        end_time=number + 1.0,
        received_at=number + 1.0,
    )


def card(*numbers: int) -> PersonCard:
    return PersonCard(
        "r",
        cid="default:a",
        user_id="x",
        items=tuple(JudgedItem(said(number)) for number in numbers),
    )


def test_a_serial_never_stands_for_two_lines(qapp):
    model = CardLinesModel(SessionState(SystemClock()))
    texts: dict[int, str] = {}
    for shown in (card(1, 2), card(2, 3), card(9), card(1, 2, 3)):
        model.show_card(shown)
        for row in range(model.rowCount()):
            entry = model.entry(row)
            assert texts.setdefault(entry.serial, entry.item.text) == entry.item.text
    assert [model.entry(row).item.text for row in range(3)] == ["text 3", "text 2", "text 1"]


def test_what_became_of_a_raised_line_stands_on_the_card_too(qapp, session, make):
    model = CardLinesModel(session)
    model.show_card(card(1, 2))
    changed = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    dismissed = make.raised_item("u1", said=said(1), state=RaisedState.DISMISSED, by="ann", at=9.0)
    session.apply(make.raised(dismissed))
    assert changed == [1]
    marks = [model.index(row).data(Role.MARK) for row in range(2)]
    assert [mark and mark.word for mark in marks] == [None, "DISMISSED"]
    assert "Dismissed by ann" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
