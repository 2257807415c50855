"""When a rule fits, as fields."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from console.domain.automation.check import RAISING
from console.domain.automation.rule import Conditions, Span, Window
from console.domain.item import AVATAR, CAPTION, MESSAGE, NAME
from console.domain.verdict import Severity, Source
from console.ui.automation.fields import Number, OneOf, Sheet, show_words, words_field, words_in
from console.ui.automation.words import SOURCES, SPANS
from console.ui.widgets.layouts import in_row

_SEVERITIES = [
    (each.value, f"{each.value} or graver") for each in Severity if each is not Severity.NONE
]
_ACTIONS_HELP = f"Some of {', '.join(RAISING)}, with commas between them."
_KINDS = (
    (CAPTION, "what is spoken"),
    (MESSAGE, "chat messages"),
    (NAME, "names of people"),
    (AVATAR, "pictures beside names"),
)


class WindowField(QWidget):
    """Over what something is counted."""

    def __init__(self, name: str, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self.span = OneOf(name, SPANS, self._on_span)
        self.days = Number(f"{name}: days", 1, 3650, changed, unit="days")
        in_row(self.span, self.days, None, owner=self)

    def show_window(self, window: Window) -> None:
        """Show ``window`` without a signal."""
        self.span.show_value(window.span)
        self.days.setValue(window.days)
        self.days.setVisible(window.span is Span.DAYS)

    def window_of(self) -> Window:
        """What stands there."""
        return Window(span=Span(self.span.value()), days=int(self.days.value()))

    def _on_span(self) -> None:
        self.days.setVisible(self.span.value() == Span.DAYS)
        self._changed()


class ConditionsForm(QWidget):
    """The fields. ``changed`` is called where a person changed one."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        anything = "anything that is raised"
        self.recommended = words_field("Recommended actions", anything, changed)
        self.labels = words_field("Labels", "any label, such as INSULT, THREAT", changed)
        self.severity = OneOf("Severity", _SEVERITIES, changed, empty="any severity")
        self.confidence = Number(
            "Confidence", 0, 100, changed, unit="% at least", nothing="any confidence"
        )
        self.source = OneOf("Judged by", SOURCES, changed, empty="whoever decides")
        self.kind = OneOf("Content", _KINDS, changed, empty="anything said or written")
        self.call_types = words_field("Call types", "any call", changed)
        self.roles = words_field("Roles in the call", "anybody", changed)
        self.first_call = QCheckBox("only in the first call this console hears them in")
        self.first_call.setAccessibleName("First call only")
        self.first_call.toggled.connect(lambda _on: changed())
        self.younger = Number(
            "Account age", 0, 3650, changed, unit="days at most", decimals=1, nothing="any age"
        )
        self.times = Number("How often", 1, 1000, changed, unit="times", nothing="the first time")
        self.within = WindowField("Counted over", changed)
        sheet = Sheet()
        sheet.add("Action", self.recommended, _ACTIONS_HELP)
        sheet.add("Label", self.labels, "One of these labels; capitals do not matter.")
        sheet.add("Severity", self.severity)
        sheet.add("Confidence", self.confidence, "A verdict without one is below any.")
        sheet.add(
            "Judged by",
            self.source,
            "Whoever decides: Stream where it judges, else this computer. A verdict of this"
            " computer that Stream may still change fits only where it is named here.",
        )
        sheet.add("Content", self.kind)
        sheet.add("Call type", self.call_types, "Such as default, livestream, audio_room.")
        sheet.add("Role", self.roles, "The role in the call, such as user or speaker.")
        sheet.add("First call", self.first_call)
        sheet.add("Account age", self.younger, "Where Stream does not tell it, the rule waits.")
        times = QWidget()
        in_row(self.times, self.within, None, owner=times)
        sheet.add("How often", times, "How often the person did this, this time included.")
        self.setLayout(sheet)

    def show_conditions(self, when: Conditions) -> None:
        """Show ``when``; the caller ignores the changes meanwhile."""
        show_words(self.recommended, when.actions)
        show_words(self.labels, when.labels)
        self.severity.show_value("" if when.severity is Severity.NONE else when.severity)
        self.confidence.setValue(when.confidence * 100)
        self.source.show_value(next(iter(when.sources), ""))
        self.kind.show_value(next(iter(when.kinds), ""))
        show_words(self.call_types, when.call_types)
        show_words(self.roles, when.roles)
        self.first_call.setChecked(when.first_call)
        self.younger.setValue(when.younger_days)
        self.times.setValue(when.times)
        self.within.show_window(when.within)

    def conditions(self) -> Conditions:
        """What stands there."""
        source, kind = self.source.value(), self.kind.value()
        return Conditions(
            actions=words_in(self.recommended.text().lower()),
            labels=words_in(self.labels.text()),
            severity=Severity(self.severity.value() or Severity.NONE),
            confidence=self.confidence.value() / 100,
            sources=(Source(source),) if source else (),
            kinds=(kind,) if kind else (),
            call_types=words_in(self.call_types.text()),
            roles=words_in(self.roles.text()),
            first_call=self.first_call.isChecked(),
            younger_days=self.younger.value(),
            times=int(self.times.value()),
            within=self.within.window_of(),
        )
