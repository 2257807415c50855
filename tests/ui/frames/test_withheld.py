"""A picture that nobody may see any more goes from every place of the window, words and all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.frames import SeenFrame, TrackKey
from console.domain.item import FRAME, Item, Picture
from console.protocol.frames import AskPicture, FramesSeen, PicturesWithheld
from console.ui.frames.frames_model import FramesModel
from console.ui.open_items.feature import ITEM, OPEN, OPEN_ITEMS
from console.ui.people.card_frames import CardFrames
from console.ui.state.targets import target_of_person
from console.ui.transcript.picture_view import WITHHELD

HALL = "default:hall"
READ = "words that were in it"


@pytest.fixture
def shown(live, window, make):
    body = Picture(url="https://pictures.example/1", picture_id="p1", track="video", text=READ)
    item = Item(
        item_id="f1",
        kind=FRAME,
        cid=HALL,
        session_id="session-hall",
        author_id="ann",
        author_name="Ann",
        body=body,
        start_time=make.start,
        end_time=make.start,
        received_at=make.start,
    )
    verdict = make.verdict("f1", "flag")
    live.session.apply(make.heard(item, verdicts=[verdict]))
    live.session.apply(make.raised(make.raised_item("f1", said=item, verdict=verdict)))
    key = TrackKey(HALL, "ann", "video")
    seen = SeenFrame(key=key, name="Ann", captured_at=make.start, item_id="f1", picture=body)
    live.session.apply(FramesSeen((seen,)))
    return item


def test_nothing_of_it_is_left_in_transcript_open_items_wall_and_card(
    window, live, shown, qtbot, make
):
    rows = window.transcript.model
    qtbot.waitUntil(lambda: rows.row_of_line("f1") >= 0, timeout=2000)
    window.show_workspace(OPEN)
    card = window.panel(ITEM).card
    listed = window.panel(OPEN_ITEMS)
    qtbot.waitUntil(lambda: not listed.model._soon.isActive())
    listed.step(1)
    qtbot.waitUntil(lambda: READ in card.said.text(), timeout=2000)
    frames = window.findChild(CardFrames)
    live.controller.choose_person(target_of_person(make.person("ann"), make.call()))
    left = Picture(picture_id="p1", track="video", withheld=True)
    live.session.apply(PicturesWithheld(("p1",)))
    live.session.apply(
        FramesSeen(
            (
                SeenFrame(
                    key=TrackKey(HALL, "ann", "video"),
                    name="Ann",
                    captured_at=make.start,
                    item_id="f1",
                    picture=left,
                ),
            )
        )
    )
    assert live.session.raised.find("f1").item.body == left
    assert live.session.history.line("f1").item.body == left
    assert READ not in rows.index(rows.row_of_line("f1"), 0).data(Qt.ItemDataRole.DisplayRole)
    tile = FramesModel(live.session, live.clock).tile(0)
    assert tile is not None
    assert tile.words == "Shown to nobody"
    asked = window.sent.of(AskPicture)
    assert live.pictures.find("p1") is None
    assert live.pictures.find("p1", sharp=True) is None
    assert window.sent.of(AskPicture) == asked
    qtbot.waitUntil(lambda: READ not in card.said.text(), timeout=2000)
    for view in (card.picture, frames.views["video"]):
        assert view.toolTip() == WITHHELD
        QTest.keyPress(view, Qt.Key.Key_Space)
        view.grab()
        QTest.keyRelease(view, Qt.Key.Key_Space)
    assert window.sent.of(AskPicture) == asked
