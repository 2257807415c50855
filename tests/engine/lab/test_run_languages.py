"""Lines of a run get their language and say which stages looked, as live ones do."""

from console.base.paths import resources
from console.domain.local_models import LocalModels
from console.domain.stages import NotLooked, Reason, Stage
from console.engine.services.lab.run import Run
from console.engine.services.lab.run_worker_messages import Begin
from console.models.language_guesses import language_identifier
from console.protocol.lab import PolicyText
from console.protocol.lab_runs import AskRows, PastedSource, RunRows, StartRun
from tests.policy.word_classifiers import WordClassifier

POLICY = 'key = "chat"\n[ai_text_config]\nrules = [{ label = "SCAM", action = "flag" }]\n'
ENGLISH = WordClassifier({"prize": "SCAM"}, languages=frozenset(("en",)))
TEXT = "wir sehen uns dann morgen früh um acht\nplease come and collect your prize today"


def test_a_line_in_another_language_is_marked_in_the_rows():
    told = []
    run = Run(
        told.append,
        lambda policy: LocalModels(text=ENGLISH),
        language_identifier(resources() / "models"),
    )
    source = PastedSource(TEXT)
    request = StartRun(run_id="r", a=PolicyText(POLICY, "a.toml"), source=source)
    run.answer(Begin(request=request))
    while run.busy:
        run.take_a_turn()
    run.answer(AskRows(request_id="q", run_id="r"))
    german, english = next(each for each in told if isinstance(each, RunRows)).rows
    assert (german.language, german.a.action) == ("de", "keep")
    assert NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "de") in german.a.not_looked
    assert (english.language, english.a.action) == ("en", "flag")
