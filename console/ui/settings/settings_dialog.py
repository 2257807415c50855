"""All settings that are not changed where they belong, searchable; each takes effect at once."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.settings.setting_row import SettingRow
from console.ui.state.settings import Settings
from console.ui.state.settings_table import SETTINGS, matching
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.scroll_room import ScrollRoom
from console.ui.widgets.search_field import SearchField


class SettingsDialog(PlainDialog):
    """Rows of the table of settings, by group."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("Settings", parent)
        self.setObjectName("settings-dialog")
        self._settings = settings
        self.add_heading("Settings")
        self.search = SearchField("Search settings", "Search settings")
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(self.reject)
        self.body.addWidget(self.search)
        self.rows = {
            setting.name: SettingRow(setting, settings)
            for setting in SETTINGS.values()
            if setting.title
        }
        self._groups: dict[str, PlainLabel] = {}
        self.nothing = PlainLabel("No setting has these words.", ink="dim")
        page = QWidget()
        page.setProperty("surface", "panel")
        self._fill(in_column(owner=page, margins=(12, 4, 0, 4)))
        self._area = ScrollRoom(page)
        self.body.addWidget(self._area, 1)
        self.all_defaults = self.add_side_button("All defaults", self._reset, name="all-defaults")
        self.add_button("Close", self.accept).setDefault(True)
        settings.changed.connect(self._on_changed)
        self.resize(600, 520)
        self._filter("")
        self.search.take_focus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if moved and focused is not None and self._area.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused)
        return moved

    def _fill(self, column: QVBoxLayout) -> None:
        for row in self.rows.values():
            group = row.setting.group
            if group not in self._groups:
                self._groups[group] = PlainLabel(group, ink="accent").strengthen(1.05)
                self._groups[group].setContentsMargins(0, 10, 0, 0)
                column.addWidget(self._groups[group])
            column.addWidget(row)
        column.addWidget(self.nothing)
        column.addStretch(1)

    def _filter(self, typed: str) -> None:
        found = matching(typed)
        self._show_only({setting.name for setting in found})
        groups = {setting.group for setting in found}
        for group, label in self._groups.items():
            label.setVisible(group in groups)
        self.nothing.setVisible(not found)
        self._offer_defaults()

    def _show_only(self, names: Iterable[str]) -> None:
        for name, row in self.rows.items():
            row.setVisible(name in names)

    def _on_changed(self, name: str) -> None:
        if name in self.rows:
            self.rows[name].show_value()
            self._offer_defaults()

    def _offer_defaults(self) -> None:
        changed = [name for name in self.rows if not self._settings.is_default(name)]
        self.all_defaults.setEnabled(bool(changed))
        self.all_defaults.setToolTip("" if changed else "Every setting has its default.")

    def _reset(self) -> None:
        for name in self.rows:
            self._settings.reset(name)
