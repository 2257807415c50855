"""What a moderator reads on a tile is painted, in every size; and only what changed is."""

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from console.ui.wall.tile import CallState, Tile, TileKind
from console.ui.wall.tile_delegate import TileDelegate
from console.ui.wall.tile_pictures import TilePictures
from console.ui.wall.tile_view import AT_ONCE, TileView
from console.ui.wall.wall_model import TILE, WallModel
from console.ui.widgets.theme import Theme

HOT = {"name": "Hall", "people": "41", "people_short": "41", "heat": "6", "level": 2}


@pytest.fixture
def picture(qapp, theme):
    delegates = {kind: TileDelegate(theme) for kind in TileKind}
    one = QStandardItemModel(1, 1)

    def paint(kind, look=QStyle.StateFlag.State_None, **fields):
        delegate = delegates[kind]
        delegate.kind = kind
        option = QStyleOptionViewItem()
        size = delegate.size(option.font, kind)
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(0)
        option.rect, option.state = QRect(0, 0, size.width(), size.height()), look
        painter = QPainter(image)
        one.setData(one.index(0, 0), Tile(cid="default:hall", **fields), TILE)
        delegate.paint(painter, option, one.index(0, 0))
        painter.end()
        return image

    return paint


@pytest.mark.parametrize("kind", TileKind)
@pytest.mark.parametrize(
    "change",
    [
        {"people": "42", "people_short": "42"},
        {"heat": "7"},
        {"level": 3},
        {"frozen": True},
        {"open": 3},
        {"asking": 1},
        {"pinned": True},
        {"watchers": ("Ben",)},
        {"said": "You people."},
        {"state": CallState.BACKSTAGE},
        {"state": CallState.NOT_HEARD, "note": "not monitored since 12:04", "lasts": "1:20"},
        {"state": CallState.ENDED, "note": "ended 12:04"},
        {"fits": False},
        {"name": "Yard"},
    ],
    ids=lambda change: "-".join(map(str, next(iter(change.items())))),
)
def test_what_changes_in_a_call_changes_its_tile(picture, kind, change):
    before = picture(kind, **HOT)
    assert picture(kind, **HOT) == before
    assert picture(kind, **(HOT | change)) != before


@pytest.mark.parametrize("kind", TileKind)
def test_chosen_pointed_and_focused_tiles_differ_by_form(picture, kind):
    flag = QStyle.StateFlag
    states = (flag.State_None, flag.State_Selected, flag.State_MouseOver, flag.State_HasFocus)
    pictures = [picture(kind, state, **HOT) for state in states]
    assert all(one != other for one in pictures for other in pictures if one is not other)


def test_a_tile_that_shows_the_same_is_painted_once(qapp, theme):
    pictures, painted = TilePictures(capacity=2), []

    def find(shown):
        ground = theme.color("panel")
        return pictures.find(shown, QSize(20, 10), 1.0, ground, lambda *_: painted.append(shown))

    for shown in ("a", "b", "a", "c", "a", "b"):
        find(shown)
    assert painted == ["a", "b", "c", "b"]
    assert len(pictures) == 2


class CountingDelegate(TileDelegate):
    def __init__(self, theme):
        super().__init__(theme)
        self.painted = []

    def paint(self, painter, option, index):
        self.painted.append(index.row())
        super().paint(painter, option, index)


class Paints(QObject):
    def __init__(self, widget):
        super().__init__(widget)
        self.tiles = []
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            self.tiles.append(event.region().rectCount())
        return False


def test_many_changes_at_once_are_painted_over_several_frames(session, clock, make, qtbot):
    session.apply(make.calls(*(make.call(f"default:{number:03}") for number in range(100))))
    model = WallModel(session, clock)
    model.watch(on=True)
    delegate = CountingDelegate(Theme("dark"))
    view = TileView(model, delegate, clock.monotonic)
    qtbot.addWidget(view)
    view.resize(2000, 1200)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: not view._dirty)
    frames = Paints(view.viewport())
    delegate.painted.clear()
    for row in range(100):
        model.dataChanged.emit(model.index(row), model.index(row))
    qtbot.waitUntil(lambda: not view._dirty)
    qtbot.waitUntil(lambda: len(delegate.painted) >= 100)
    assert sorted(delegate.painted) == list(range(100))
    assert len(frames.tiles) >= -(-100 // AT_ONCE)
    model.watch(on=False)
