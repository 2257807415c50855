"""How a file is understood, and which of its columns hold text, speaker, time and true labels."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from console.protocol.lab_runs import Columns, FileSource
from console.ui.lab.choice import Choice
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip

LABEL_NAMES = (
    *("label", "labels", "category", "harm", "toxic", "expected", "class", "label_gold"),
    *("gold", "true_label", "annotation", "is_toxic"),
)
_TEXT, _SPEAKER, _TIME, _LABELS = "text", "speaker", "time", "labels"
_CHOICES = (
    (_TEXT, "Column with the texts", "The column that is judged."),
    (_SPEAKER, "Column with the speakers", "Who said each text; rules over time need it."),
    (_TIME, "Column with the times", "When each text was said; rules over time need it."),
    (_LABELS, "Column with true labels", "The column that says what each line truly is."),
)


class ColumnsBar(QWidget):
    """Shows what was found by name; each column can be chosen instead.

    Signals:
        changed: a person chose another column.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[str, Choice] = {}
        self._found = {_TEXT: "", _SPEAKER: "", _TIME: "", _LABELS: ""}
        self.told = False
        self.read_as = PlainLabel(ink="dim", wrap=True)
        self._row = QWidget()
        for name, spoken, meaning in _CHOICES:
            choice = Choice((), spoken, empty=f"no {name}")
            choice.setToolTip(tip(meaning))
            choice.setMaximumWidth(180)
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(7)
            choice.picked.connect(lambda _value: self.changed.emit())
            self._choices[name] = choice
        in_row(*((each, 1) for each in self._choices.values()), None, owner=self._row)
        in_column(self._row, self.read_as, owner=self, spacing=6)

    @property
    def labels(self) -> Choice:
        """The choice of the column with true labels."""
        return self._choices[_LABELS]

    def choice(self, name: str) -> Choice:
        """The choice for ``text``, ``speaker``, ``time`` or ``labels``."""
        return self._choices[name]

    def source(self, path: str) -> FileSource:
        """The file at ``path`` with the columns that a person chose."""
        named = {
            name: "" if choice.value() == self._found[name] else choice.value()
            for name, choice in self._choices.items()
        }
        return FileSource(path, self.labels.value(), named[_TEXT], named[_SPEAKER], named[_TIME])

    def forget(self) -> None:
        """There is another file, of which nothing is known yet."""
        self.told = False
        self.hide()
        for name, choice in self._choices.items():
            self._found[name] = ""
            choice.refill(())

    def show_columns(self, answer: Columns) -> None:
        """What is in the file; what a person chose stays."""
        first = not self.told
        self.told = bool(answer.columns or answer.read_as)
        self._row.setVisible(bool(answer.columns))
        self.read_as.show_text(answer.read_as)
        self.read_as.setVisible(bool(answer.read_as))
        for name, choice in self._choices.items():
            choice.refill((each, f"{name.capitalize()}: {each}") for each in answer.columns)
        if not first:
            return
        self._found = {
            _TEXT: answer.text_column,
            _SPEAKER: answer.speaker_column,
            _TIME: answer.time_column,
            _LABELS: "",
        }
        others = [name for name in answer.columns if name not in self._found.values()]
        likely = next((name for name in others if name.casefold() in LABEL_NAMES), "")
        for name, value in (*self._found.items(), (_LABELS, likely)):
            self._choices[name].show_value(value)
