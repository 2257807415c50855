"""Trying an image: a file is read by the engine, a URL goes to Stream alone."""

import pytest

from console.domain.local_models import ImageLabel
from console.domain.phase import Phase
from console.domain.results import Judgement
from console.domain.sign_in import Method
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import Severity
from console.protocol.lab import (
    AskStream,
    ImageTried,
    StreamSaid,
    TextTried,
    TryImage,
    TryText,
)
from console.protocol.to_window import EngineState
from console.ui.lab.document import PolicyDocument
from console.ui.lab.try_panel import TryPanel, took
from console.ui.lab.try_words import FILE_STAYS, graver

URL = "https://pictures.example/a.png"
SECRET = EngineState(phase=Phase.LIVE, method=Method.SECRET)
WAIT = 15_000


@pytest.fixture
def panel(link, theme, qtbot):
    made = TryPanel(PolicyDocument(link), link, theme)
    qtbot.addWidget(made)
    made.show()
    return made


def test_signed_out_an_image_at_a_url_needs_stream(panel, asked, engine):
    panel.image.show_place(URL)
    assert panel.image_note.text().startswith("Stream alone looks at an image behind a URL")
    assert panel.here.why.text() == "Images need Stream, or a local image classifier."
    assert not panel.ask.isEnabled()
    assert asked.of(TryImage) == []
    panel.text.setPlainText("hello")
    panel.try_now()
    engine.say(TextTried(asked.of(TryText)[-1].request_id, Judgement(), took_us=3))
    assert panel.image_note.text() == (
        "Images at a URL need Stream. You are signed out. Everything else here works without."
    )


def test_a_url_alone_goes_to_stream_and_nowhere_else(panel, asked, engine):
    panel.show_sign_in(SECRET)
    panel.image.show_place(URL)
    assert panel.ask.isEnabled()
    panel.ask.click()
    (question,) = asked.of(AskStream)
    assert (question.text, question.image_url) == ("", URL)
    engine.say(StreamSaid(question.request_id, Judgement(action="remove"), took_ms=8))
    assert panel.stream.action() == "REMOVE"
    assert asked.of(TryImage) == []


def test_an_answer_about_another_image_is_not_shown(panel, asked, engine):
    panel.show_sign_in(SECRET)
    panel.image.show_place(URL)
    panel.ask.click()
    (question,) = asked.of(AskStream)
    panel.image.show_place("https://pictures.example/b.png")
    engine.say(StreamSaid(question.request_id, Judgement(action="remove")))
    assert panel.stream.action() == ""


def test_of_a_text_and_a_file_only_the_text_goes_to_stream(panel, asked, engine):
    panel.show_sign_in(SECRET)
    panel.image.show_place("/a.png")
    assert not panel.ask.isEnabled()
    assert panel.stream.why.text() == FILE_STAYS
    panel.text.setPlainText("hello")
    panel.try_now()
    panel.ask.click()
    (question,) = asked.of(AskStream)
    assert (question.text, question.image_url) == ("hello", "")
    engine.say(StreamSaid(question.request_id, Judgement(), took_ms=8))
    assert panel.stream.note.text() == "the text alone · 8 ms"


def test_the_graver_verdict_of_text_and_image_is_shown(panel, asked, engine):
    panel.text.setPlainText("hello")
    panel.try_now()
    engine.say(TextTried(asked.of(TryText)[-1].request_id, Judgement(), took_us=3))
    panel.image.show_place("/a.png")
    (question,) = asked.of(TryImage)
    assert question.path == "/a.png"
    engine.say(
        ImageTried(
            request_id=question.request_id,
            judgement=Judgement(action="remove", why="It shows gore."),
            found="PNG, 2 KB",
            source="toy",
            labels=(ImageLabel("GORE", 91.4),),
            took_ms=12,
        )
    )
    assert panel.here.action() == "REMOVE"
    assert panel.here.note.text() == "because of the image"
    assert panel.image_note.text() == "PNG, 2 KB · toy: GORE 91 · 12 ms"
    panel.image.show_place("")
    assert panel.here.action() == "KEEP"
    assert panel.image_note.isHidden()


def test_a_url_that_cannot_be_one_is_said_at_once(panel, asked):
    panel.show_sign_in(SECRET)
    panel.image.show_place("javascript:alert(1)")
    assert panel.image_note.text().startswith("Only URLs that begin with http")
    assert not panel.ask.isEnabled()
    assert asked == []


def test_of_two_verdicts_the_stronger_action_then_the_graver_severity_counts():
    flag, keep = Judgement(action="flag"), Judgement()
    grave = Judgement(action="flag", severity=Severity.HIGH)
    assert graver(keep, flag) is flag
    assert graver(flag, grave) is grave
    assert graver(flag, None) is flag
    assert graver(None, None) is None


def test_a_real_engine_reads_the_file(lab, qtbot, tmp_path):
    file = tmp_path / "a.gif"
    file.write_bytes(b"GIF89a" + b"\0" * 2000)
    panel = lab.try_panel
    panel.image.show_place(str(file))
    qtbot.waitUntil(lambda: panel.image_note.text() == "GIF, 2 KB", timeout=WAIT)
    assert panel.here.why.text().startswith("Images need Stream")
    assert panel.here.action() == ""
    panel.image.show_place(str(tmp_path / "nothing.gif"))
    qtbot.waitUntil(lambda: "could not be read" in panel.image_note.text(), timeout=WAIT)


@pytest.mark.parametrize(
    ("microseconds", "words"), [(20.4, "20 µs"), (999.0, "999 µs"), (6079.0, "6.1 ms")]
)
def test_how_long_judging_took_is_told_in_few_digits(microseconds, words):
    assert took(microseconds) == words


def test_what_looked_at_the_text_and_its_language_are_told(panel, asked, engine):
    panel.text.setPlainText("guten Morgen")
    panel.try_now()
    judgement = Judgement(
        looked=(Stage.LISTS,), not_looked=(NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "de"),)
    )
    question = asked.of(TryText)[-1]
    engine.say(TextTried(question.request_id, judgement, took_us=3, language="de"))
    assert panel.here.stages.text() == (
        "Not judged for meaning. German; looked: lists; not: AI text: German."
    )
