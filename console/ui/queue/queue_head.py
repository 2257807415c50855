"""What of the queue is listed: view, order, and filters with the values that the app has."""

from collections.abc import Iterable

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from console.base.plain_text import visible
from console.domain.verdict import Severity
from console.protocol.review import QueueFilter, QueueOrder, QueueQuery, QueueState
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, menu_text
from console.ui.widgets.short_texts import count

PAGE = 100
DUE = QueueQuery().view_id

_ORDERS = (
    (QueueOrder.SEVERITY, "Worst first"),
    (QueueOrder.AGE, "Oldest first"),
    (QueueOrder.REPORTS, "Most reported first"),
)
_ACTIONS = ("remove", "flag", "shadow", "bounce", "mask")
_CONTENT = (("text", "Text"), ("image", "Pictures"), ("video", "Videos"))
_REPORTERS = (
    ("automod", "A rule"),
    ("user", "People in the call"),
    ("moderator", "A moderator"),
    ("admin", "An admin"),
    ("velocity_filter", "The velocity filter"),
)
Values = Iterable[tuple[str, str]]


class ValueBox(QComboBox):
    """One field of a filter; its first value leaves everything in."""

    def __init__(self, spoken: str, everything: str, values: Values = ()) -> None:
        super().__init__()
        self.setAccessibleName(spoken)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._everything = everything
        self.offer(values)

    def offer(self, values: Values) -> None:
        """Offer these values; the chosen one stays, if only as a word of its own."""
        now = self.value()
        wanted = [("", self._everything), *values]
        if now and now not in dict(wanted):
            wanted.append((now, visible(now)))
        if [self.itemData(at) for at in range(self.count())] == [key for key, _ in wanted]:
            return
        with QSignalBlocker(self):
            self.clear()
            for key, words in wanted:
                self.addItem(menu_text(words).replace("&&", "&"), key)
            self.setCurrentIndex(max(0, self.findData(now)))

    def value(self) -> str:
        """What is chosen; "" for everything."""
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Choose without telling."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(value)))


class QueueHead(QWidget):
    """Signals: changed: the QueueQuery that is wanted now. save_wanted: (name, shared)."""

    changed = Signal(object)
    save_wanted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.query = QueueQuery()
        self._note = ""
        self.view = QComboBox()
        self.view.setAccessibleName("View")
        self.view.setObjectName("queue-view")
        self.view.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.view.setMinimumContentsLength(10)
        self.order = QComboBox()
        self.order.setAccessibleName("Order")
        self.order.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.order.setMinimumContentsLength(8)
        for order, words in _ORDERS:
            self.order.addItem(words, order.value)
        self.more = QPushButton("Filter")
        self.more.setCheckable(True)
        self.more.setAccessibleName("Show the filters")
        self.boxes = {
            "label": ValueBox("Label", "Any label"),
            "severity": ValueBox(
                "Least severity",
                "Any severity",
                [(one.value, f"{one.value.title()} or worse") for one in list(Severity)[1:]],
            ),
            "action": ValueBox(
                "Recommended action", "Any action", [(one, one.title()) for one in _ACTIONS]
            ),
            "content": ValueBox("Content", "Any content", _CONTENT),
            "config_key": ValueBox("Policy", "Any policy"),
            "reporter": ValueBox("Reported by", "Reported by anybody", _REPORTERS),
        }
        self.field = ValueBox("Field of the app", "Any field")
        self.value: QLineEdit = line_field("Its value", "is…")
        self.value.setMaxLength(200)
        self.name: QLineEdit = line_field("Name of the view", "Save these filters as…")
        self.name.setMaxLength(80)
        self.mine = push_button("Save for me", lambda: self._save(shared=False))
        self.everybody = push_button("For all", lambda: self._save(shared=True))
        self.everybody.setToolTip("Every moderator of the app gets this view.")
        self.note = PlainLabel(ink="faint", wrap=True)
        self._panel = self._filters()
        self._panel.hide()
        row = in_row((self.order, 1), self.more, spacing=6)
        in_column(
            self.view, row, self._panel, self.note, owner=self, margins=(12, 8, 12, 6), spacing=6
        )
        self.view.currentIndexChanged.connect(self._choose)
        self.order.currentIndexChanged.connect(self._choose)
        self.more.toggled.connect(self._panel.setVisible)
        for box in (*self.boxes.values(), self.field):
            box.currentIndexChanged.connect(self._choose)
        self.value.editingFinished.connect(self._choose)

    def show_state(self, state: QueueState) -> None:
        """Offer what the app has now."""
        shown = [
            (self.view.itemData(at), self.view.itemText(at)) for at in range(self.view.count())
        ]
        wanted = [(view.view_id, visible(view.name)) for view in state.views]
        if wanted and shown != wanted:
            with QSignalBlocker(self.view):
                self.view.clear()
                for view_id, name in wanted:
                    self.view.addItem(name, view_id)
                self.view.setCurrentIndex(max(0, self.view.findData(self.query.view_id)))
        self.boxes["label"].offer([(one, visible(one)) for one in state.labels])
        self.boxes["config_key"].offer([(one, visible(one)) for one in state.config_keys])
        self.field.offer([(one, visible(one)) for one in state.fields])
        self._own.setVisible(bool(state.fields))
        view = next((one for one in state.views if one.view_id == self.query.view_id), None)
        self._note = view.note if view else ""
        self.show_decided(0)

    def show_decided(self, decided: int) -> None:
        """So many of what is listed as due are decided since, and go once nobody is at the list."""
        words = self._note
        if decided and self.query.view_id == DUE:
            words = f"{words} {count(decided, 'is', 'are')} decided, and will go.".strip()
        self.note.show_text(words)
        self.note.setVisible(bool(words))

    def show_view(self, view_id: str) -> None:
        """Choose a view, and all of it."""
        self.query = QueueQuery(view_id=view_id, order=self.query.order)
        for box in (*self.boxes.values(), self.field):
            box.show_value("")
        self.value.clear()
        with QSignalBlocker(self.view):
            self.view.setCurrentIndex(max(0, self.view.findData(view_id)))
        self._tell()

    def load_more(self) -> None:
        """Ask for a page more than there is."""
        self.query = replace(self.query, count=self.query.count + PAGE)
        self.changed.emit(self.query)

    def _choose(self) -> None:
        chosen = {name: box.value() for name, box in self.boxes.items()}
        field, value = self.field.value(), self.value.text().strip()
        if field and value:
            chosen |= {"field": field, "value": value}
        query = QueueQuery(
            view_id=str(self.view.currentData() or self.query.view_id),
            order=QueueOrder(self.order.currentData()),
            chosen=QueueFilter(**chosen),
        )
        if query != replace(self.query, count=query.count):
            self.query = query
            self._tell()

    def _tell(self) -> None:
        set_ = sum(1 for box in self.boxes.values() if box.value())
        set_ += bool(self.query.chosen.field)
        self.more.setText(f"Filter ({set_})" if set_ else "Filter")
        self.changed.emit(self.query)

    def _save(self, *, shared: bool) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        self.name.clear()
        self.save_wanted.emit(name, shared)

    def _filters(self) -> QWidget:
        panel = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for at, box in enumerate(self.boxes.values()):
            grid.addWidget(box, at // 2, at % 2)
        self._own = QWidget()
        in_row((self.field, 1), (self.value, 1), owner=self._own, spacing=6)
        saving = in_row(self.mine, self.everybody, None, spacing=6)
        in_column(grid, self._own, self.name, saving, owner=panel, spacing=6)
        return panel
