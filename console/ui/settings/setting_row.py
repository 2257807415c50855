"""One setting: what it is, its value, and the way back to its default."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from console.ui.state.settings import Settings
from console.ui.state.settings_table import Setting
from console.ui.widgets.choice_boxes import ChoiceBoxes
from console.ui.widgets.controls import push_button
from console.ui.widgets.entry_field import EntryField
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.segments import Segments

FIELD_WIDTH = 300


class SettingRow(QWidget):
    """Shows the value that ``settings`` has, and changes it at once."""

    def __init__(self, setting: Setting, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self._settings = settings
        self.setObjectName(f"setting-{setting.name}")
        self.editor, self._show_value = self._build_editor()
        self.editor.setAccessibleDescription(setting.help)
        self.note = PlainLabel(ink="faint")
        self.reset = push_button(
            "Use the default",
            lambda: settings.reset(setting.name),
            name="default",
            spoken=f"{setting.title}: use the default",
        )
        self.reset.setAutoDefault(False)
        in_column(
            in_row((PlainLabel(setting.title).strengthen(), 1), self.editor, spacing=12),
            PlainLabel(setting.help, ink="dim", wrap=True),
            self._default_line(),
            owner=self,
            margins=(0, 8, 12, 8),
            spacing=4,
        )
        self.show_value()

    def show_value(self) -> None:
        """Show the value of now, and whether it is the default."""
        name = self.setting.name
        self._show_value(self._settings[name])
        changed = not self._settings.is_default(name)
        self.note.show_text(f"Default: {self.setting.words(self.setting.default)}")
        if not changed and self.reset.hasFocus():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reset.setVisible(changed)

    def _default_line(self) -> QHBoxLayout:
        line = in_row(self.note, self.reset, None)
        # The line keeps its height when the button comes and goes.
        line.addStrut(self.reset.sizeHint().height())
        return line

    def _build_editor(self) -> tuple[QWidget, Callable[[object], None]]:
        setting = self.setting
        if setting.kind is bool:
            box = QCheckBox()
            box.setAccessibleName(setting.title)
            box.toggled.connect(self._change)
            return box, lambda value: box.setChecked(bool(value))
        if setting.wrong is not None:
            return self._build_field(setting.wrong)
        if setting.kind is list:
            boxes = ChoiceBoxes(setting.choices, setting.title)
            boxes.changed.connect(self._change)
            return boxes, boxes.show_chosen
        values = {str(value): value for value, _ in setting.choices}
        choices = [(str(value), words) for value, words in setting.choices]
        segments = Segments(choices, setting.title)
        segments.chosen.connect(lambda key: self._change(values[key]))
        segments.setFocusProxy(segments.button(choices[0][0]))
        return segments, lambda value: segments.choose(str(value))

    def _build_field(self, wrong: Callable[[str], str]) -> tuple[QWidget, Callable[[object], None]]:
        field = EntryField(str(self.setting.default), self.setting.title)
        field.setMinimumWidth(FIELD_WIDTH)

        def typed(text: str) -> None:
            why = wrong(text)
            field.setProperty("tone", "bad" if why else "")
            if why:
                self.note.show_text(why)
            else:
                self._change(text)

        def show(value: object) -> None:
            if field.text() != value:
                field.setText(str(value))

        field.textEdited.connect(typed)
        field.editingFinished.connect(self.show_value)
        field.left.connect(self.show_value)
        return field, show

    def _change(self, value: object) -> None:
        self._settings[self.setting.name] = value
