"""Shows at once what the policy makes of a text or an image, beside Stream's verdict."""

from PySide6.QtWidgets import QPushButton

from console.domain.phase import Phase
from console.domain.results import Judgement
from console.protocol.lab import AskStream, ImageTried, StreamSaid, TextTried, TryImage, TryText
from console.protocol.to_window import EngineState
from console.ui.lab.document import PolicyDocument
from console.ui.lab.image_field import ImageField
from console.ui.lab.judgement_card import JudgementCard
from console.ui.lab.matches_table import MatchesTable
from console.ui.lab.row_detail import judged_words
from console.ui.lab.try_words import FILE_STAYS, graver, image_note, why_no_stream
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.controls import line_field, push_button, text_field
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.marked_text import stretches
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.surface import Surface
from console.ui.widgets.text_marks import cursor_over, mark_selections
from console.ui.widgets.theme import Theme
from console.ui.widgets.timers import one_shot

TRY_MS = 40
MAX_CHARACTERS = 20_000
EXAMPLES = (
    ("an insult", "You are such an 1d10t, shut up!"),
    ("a scam", "Guaranteed profit: double your bitcoin, add me on WhatsApp +1 555 010 4477"),
    ("a place name", "See you in Scunthorpe, the class starts at nine."),
)
"""Pairs of a name and its text."""


def took(microseconds: float) -> str:
    """How long judging took: ``20 µs``, ``6.1 ms``."""
    if microseconds < 1000:
        return f"{microseconds:.0f} µs"
    return f"{microseconds / 1000:.1f} ms"


class TryPanel(Surface):
    """Live while typing; Ctrl+Return asks Stream. The image is never opened by the window."""

    def __init__(self, document: PolicyDocument, link: EngineLink, theme: Theme) -> None:
        super().__init__()
        self._document, self._link, self._theme = document, link, theme
        self._why_not = "You are signed out."
        self._tried: TextTried | None = None
        self._image: ImageTried | None = None
        hint = "Type or paste what somebody could say…"
        self.text = text_field("Text to try", hint, "try-text")
        self.text.setProperty("big", "true")
        self.text.textChanged.connect(self._on_typed)
        font = self.text.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.text.setFont(font)
        self.language = line_field("Language of the text", "language")
        self.language.setFixedWidth(92)
        self.language.textChanged.connect(lambda _text: self.try_now())
        self.ask = push_button("Ask Stream", self.ask_stream, name="ask-stream")
        self.image = ImageField()
        self.image.changed.connect(self._on_image)
        self.image.take_files_of(self.text.viewport())
        self.image_note = PlainLabel(ink="dim", wrap=True)
        self.image_note.hide()
        self.examples = [self._example(name, text) for name, text in EXAMPLES]
        self.here = JudgementCard("This policy, here", theme)
        self.stream = JudgementCard("Stream, in test mode", theme)
        self.difference = PlainLabel(ink="warn", wrap=True)
        self.difference.hide()
        self.matches = MatchesTable(theme)
        self.matches.chosen.connect(self._show_match)
        self._timer = one_shot(TRY_MS, self)
        self._timer.timeout.connect(self.try_now)
        self._lay_out()
        self._mark()
        document.checked.connect(self._on_checked)
        theme.changed.connect(self._mark)
        self._show_here()
        self.show_sign_in(EngineState(phase=Phase.SIGNED_OUT))

    def show_sign_in(self, state: EngineState) -> None:
        """Whether Stream can be asked."""
        self._why_not = why_no_stream(state)
        self._show_ask()
        self._show_image_note()
        self._forget_stream()

    def try_now(self) -> None:
        """Judge what is written."""
        self._timer.stop()
        text = self.text.toPlainText()[:MAX_CHARACTERS]
        self._show_ask()
        if not text.strip():
            self._show(None)
            return
        question = TryText(new_id(), self._document.policy(), text, self.language.text().strip())

        def answered(answer: TextTried) -> None:
            if self.text.toPlainText()[:MAX_CHARACTERS] == text:
                self._show(answer)

        self._link.ask(question, answered)

    def try_image(self) -> None:
        """Judge the image, where it is a file; a URL is for Stream alone."""
        path = self.image.place.path
        self._image = None
        if path:

            def answered(answer: ImageTried) -> None:
                if self.image.place.path == path:
                    self._image = answer
                    self._show_here()

            self._link.ask(TryImage(new_id(), self._document.policy(), path), answered)
        self._show_here()

    def ask_stream(self) -> None:
        """Ask Stream for one check in test mode."""
        text, url = self.text.toPlainText().strip(), self.image.place.url
        if self._why_not or not (text or url):
            return
        self.stream.show_blank("hourglass", "Stream is thinking…")
        alone = bool(text and self.image.place.path)

        def answered(answer: StreamSaid) -> None:
            if (self.text.toPlainText().strip(), self.image.place.url) != (text, url):
                return
            if answer.judgement is None:
                self.stream.show_blank("warning", f"{answer.sentence} {answer.advice}".strip())
                self.difference.hide()
                return
            note = f"{answer.took_ms:.0f} ms"
            self.stream.show_judgement(
                answer.judgement, f"the text alone · {note}" if alone else note
            )
            self._compare(answer.judgement)

        question = AskStream(new_id(), text, policy=self._document.policy(), image_url=url)
        self._link.ask(question, answered)

    def _example(self, name: str, text: str) -> QPushButton:
        spoken = f"Try: {text}"
        button = push_button(name, lambda: self.text.setPlainText(text), tone="link", spoken=spoken)
        button.setToolTip(tip(text))
        return button

    def _lay_out(self) -> None:
        row = in_row(
            PlainLabel("Examples", ink="faint"),
            *self.examples,
            None,
            in_row(self.language, self.ask, spacing=16),
            spacing=4,
        )
        place = in_column(self.image, self.image_note, spacing=6)
        cards = in_row((self.here, 1), (self.stream, 1), spacing=12)
        in_column(
            (self.text, 2),
            row,
            place,
            cards,
            self.difference,
            (self.matches, 4),
            owner=self,
            margins=(16, 12, 16, 12),
            spacing=12,
        )

    def _on_typed(self) -> None:
        self._timer.start()
        self._forget_stream()

    def _on_image(self) -> None:
        self._forget_stream()
        self._show_ask()
        self.try_image()

    def _on_checked(self) -> None:
        self.try_now()
        if self.image.place.path:
            self.try_image()

    def _forget_stream(self) -> None:
        """Stream's answer was about another text, or by another sign-in."""
        if self._why_not:
            self.stream.show_blank("plug", self._why_not)
        elif self.image.place.path and not self.text.toPlainText().strip():
            self.stream.show_blank("shield", FILE_STAYS)
        else:
            self.stream.show_blank("shield", "Ask Stream to see its answer beside this one.")
        self.difference.hide()

    def _show_ask(self) -> None:
        something = bool(self.text.toPlainText().strip() or self.image.place.url)
        self.ask.setEnabled(not self._why_not and something)
        why = self._why_not
        if not why and not something and self.image.place.path:
            why = FILE_STAYS
        self.ask.setToolTip(tip(why or "Asks Stream once, without any effect."))

    def _show_image_note(self) -> None:
        words, ink = image_note(
            self.image.place,
            self._image,
            self._why_not,
            alone=not self.text.toPlainText().strip(),
        )
        self.image_note.show_text(words)
        self.image_note.set_ink(ink)
        self.image_note.setVisible(bool(words))

    def _show(self, tried: TextTried | None) -> None:
        self._tried = tried
        self._mark()
        self._show_here()

    def _judgements(self) -> tuple[Judgement | None, Judgement | None]:
        """Of the text, and of the image."""
        return (
            self._tried.judgement if self._tried is not None else None,
            self._image.judgement if self._image is not None else None,
        )

    def _show_here(self) -> None:
        self._show_image_note()
        tried, place = self._tried, self.image.place
        text, image = self._judgements()
        here = graver(text, image)
        if here is not None:
            stale = tried is not None and tried.stale and here is text
            note = "by the last version without errors" if stale else "because of the image"
            if tried is not None and here is text and not stale:
                note = took(tried.took_us)
            language = tried.language if tried is not None and here is text else ""
            stages = judged_words(here, language)
            self.here.show_judgement(here, note, stages=stages, stale=stale)
            found = tuple(match for each in (text, image) if each for match in each.matches)
            self.matches.show_matches(self.text.toPlainText() or place.path, found)
            return
        self.matches.show_matches("", ())
        if tried is not None:
            never = "This policy has never been free of errors."
            self.here.show_blank("warning", tried.sentence or never)
        elif place.url:
            self.here.show_blank("camera", "Images need Stream, or a local image classifier.")
        elif place.path and self._image is not None:
            self.here.show_blank("camera", self._image.sentence)
        else:
            self.here.show_blank("chat", "The verdict appears here while you type.")

    def _compare(self, stream: Judgement) -> None:
        here = graver(*self._judgements())
        if here is None or here.action == stream.action:
            self.difference.hide()
            return
        alone = " (the text alone)" if self.image.place.url else ""
        words = f"They differ: {here.action} here{alone}, {stream.action} at Stream."
        self.difference.show_text(words)
        self.difference.show()

    def _mark(self) -> None:
        text = self.text.toPlainText()
        judgement, _image = self._judgements()
        marks = stretches(judgement.matches, len(text)) if judgement is not None else []
        self.text.setExtraSelections(
            mark_selections(self.text.document(), text, marks, self._theme)
        )

    def _show_match(self, start: int, end: int) -> None:
        text = self.text.toPlainText()
        self.text.setTextCursor(cursor_over(self.text.document(), text, start, end))
