"""What alerts, and how: by severity, label, rule and call, each with a snooze."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QMenu, QPushButton, QWidget

from console.base.plain_text import visible
from console.domain.verdict import Severity
from console.ui.alerts.alert_rows import RowKey, Subject, Way
from console.ui.alerts.alert_words import SUBJECT_WORDS, WAY_WORDS
from console.ui.alerts.alerts import Alerts
from console.ui.state.session_state import SessionState
from console.ui.widgets.controls import push_button
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, menu_text
from console.ui.widgets.scroll_room import ScrollRoom
from console.ui.widgets.short_texts import clock_minute

SNOOZES = (("10 minutes", 600.0), ("1 hour", 3600.0), ("8 hours", 8 * 3600.0))
MOST_OFFERED = 200
LEAST_NAME = 190
"""Pixels for what a row is about."""


class AlertsDialog(PlainDialog):
    """A table of rows and ways; each change takes effect at once.

    ``troubles``: why some way cannot work here, one sentence each.
    """

    def __init__(
        self,
        alerts: Alerts,
        session: SessionState,
        troubles: Iterable[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Alerts", parent)
        self.setObjectName("alerts-dialog")
        self._alerts, self._session = alerts, session
        self.add_heading("Alerts")
        self.add_sentence(
            "How a raised line reaches you where you do not look at it. What is set for a call"
            " counts before its rule, that before its label, and that before its severity."
        )
        for sentence in troubles:
            self.add_sentence(sentence, ink="warn")
        self._page = QWidget()
        self._page.setProperty("surface", "panel")
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(0, LEAST_NAME)
        self.body.addWidget(ScrollRoom(self._page), 1)
        self.subject = QComboBox()
        self.subject.setAccessibleName("What the new row is about")
        for subject in (Subject.LABEL, Subject.RULE, Subject.CALL):
            self.subject.addItem(SUBJECT_WORDS[subject], subject)
        self.name = QComboBox()
        self.name.setAccessibleName("Which label, rule or call")
        self.name.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.name.setMinimumContentsLength(24)
        self.subject.currentIndexChanged.connect(self._offer_names)
        self.add = push_button("Add a row", self._add, name="add-alert")
        self.add.setAutoDefault(False)
        self.body.addLayout(in_row(self.subject, (self.name, 1), self.add))
        self.add_button("Close", self.accept).setDefault(True)
        alerts.snoozes_changed.connect(self._show)
        self._offer_names()
        self._show()
        self.resize(840, 560)

    def _show(self) -> None:
        """Build the table anew, and leave the keyboard where it was."""
        focused = self.focusWidget()
        held = focused.objectName() if focused is not None else ""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._add_head()
        rows = self._alerts.rows
        for place, key in enumerate(sorted(rows, key=_order), start=1):
            self._add_row(place, key, rows[key])
        self._grid.setRowStretch(len(rows) + 1, 1)
        for at in range(self._grid.count()):
            shown = self._grid.itemAt(at)
            widget = shown.widget() if shown is not None else None
            if widget is not None and self.isVisible():
                widget.show()  # else Qt shows it later, and it could not take the keyboard now
        again = self._page.findChildren(QWidget, held) if held else []
        if again:
            again[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_head(self) -> None:
        self._grid.addWidget(PlainLabel("Raised lines", ink="dim"), 0, 0)
        for column, way in enumerate(Way, start=1):
            head = self._snooze_button(way)
            head.setText(f"{WAY_WORDS[way]}{self._until(way)}")
            head.setProperty("tone", "link")
            self._grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignHCenter)

    def _add_row(self, place: int, key: RowKey, ways: frozenset[Way]) -> None:
        called = self._alerts.called(key)
        self._grid.addWidget(PlainLabel(called, wrap=True), place, 0)
        for column, way in enumerate(Way, start=1):
            box = QCheckBox()
            box.setObjectName(f"{key.text}.{way}")
            box.setAccessibleName(f"{called}: {WAY_WORDS[way]}")
            box.setChecked(way in ways)
            box.clicked.connect(lambda on, way=way: self._set(key, way, on=on))
            self._grid.addWidget(box, place, column, Qt.AlignmentFlag.AlignHCenter)
        self._grid.addWidget(self._snooze_button(key), place, 4)
        if key.subject is not Subject.SEVERITY:
            remove = push_button(
                "Remove",
                lambda: self._alerts.remove(key),
                tone="link",
                name=f"remove.{key.text}",
                spoken=f"Remove the row of {called}",
            )
            self._grid.addWidget(remove, place, 5)

    def _snooze_button(self, what: RowKey | Way) -> QPushButton:
        """Opens the times for which ``what`` may be silent, and the end of that."""
        text = what.text if isinstance(what, RowKey) else what
        button = QPushButton(f"Snooze{self._until(what)}")
        button.setObjectName(f"snooze.{text}")
        button.setAutoDefault(False)
        button.setAccessibleName(f"Snooze {self._alerts.called(what)}{self._until(what)}")
        menu = QMenu(button)
        for words, seconds in SNOOZES:
            menu.addAction(f"For {words}", partial(self._alerts.snooze, what, seconds))
        if self._until(what):
            menu.addAction("No longer", partial(self._alerts.snooze, what, 0.0))
        button.setMenu(menu)
        return button

    def _until(self, what: RowKey | Way) -> str:
        until = self._alerts.snoozed().get(what)
        return f" until {clock_minute(until)}" if until else ""

    def _set(self, key: RowKey, way: Way, *, on: bool) -> None:
        ways = self._alerts.rows.get(key, frozenset())
        self._alerts.set_ways(key, ways | {way} if on else ways - {way})

    def _offer_names(self) -> None:
        subject = Subject(self.subject.currentData())
        self.name.clear()
        for name, words in self._names(subject):
            self.name.addItem(menu_text(words), name)
        some = self.name.count() > 0
        self.add.setEnabled(some)
        none = f"No {SUBJECT_WORDS[subject].lower()} is known yet."
        self.name.setPlaceholderText("" if some else none)
        self.add.setToolTip("" if some else none)

    def _names(self, subject: Subject) -> list[tuple[str, str]]:
        if subject is Subject.CALL:
            calls = self._session.calls.values()
            named = ((call.cid, visible(call.name or call.cid)) for call in calls)
            return sorted(named, key=lambda each: each[1].casefold())[:MOST_OFFERED]
        verdicts = [each.verdict for each in self._session.raised]
        if subject is Subject.LABEL:
            names = {label for verdict in verdicts for label in verdict.labels}
        else:
            rules = ((verdict.rule, *(m.rule for m in verdict.matches)) for verdict in verdicts)
            names = {rule for found in rules for rule in found}
        return [(name, visible(name)) for name in sorted(names - {""})][:MOST_OFFERED]

    def _add(self) -> None:
        name = self.name.currentData()
        if name:
            key = RowKey(Subject(self.subject.currentData()), str(name))
            self._alerts.set_ways(key, self._alerts.rows.get(key, frozenset(Way)))


def _order(key: RowKey) -> tuple[int, int, str]:
    """Severities first, the gravest on top; then labels, rules and calls by name."""
    if key.subject is Subject.SEVERITY:
        return 0, -Severity(key.name).rank, key.name
    return 4 - list(Subject).index(key.subject), 0, key.name
