"""Lines of a run get their language and say which stages looked, as live ones do."""

from contextlib import closing

from console.base.paths import resources
from console.domain.local_models import LocalModels
from console.domain.stages import NotLooked, Reason, Stage
from console.engine.services.lab.run import Work
from console.engine.services.lab.run_worker_messages import Begin
from console.models.language_guesses import language_identifier
from console.protocol.lab import PolicyText
from console.protocol.lab_runs import PastedSource, StartRun
from tests.policy.word_classifiers import WordClassifier

POLICY = 'key = "chat"\n[ai_text_config]\nrules = [{ label = "SCAM", action = "flag" }]\n'
ENGLISH = WordClassifier({"prize": "SCAM"}, languages=frozenset(("en",)))
TEXT = "wir sehen uns dann morgen früh um acht\nplease come and collect your prize today"


def test_a_line_in_another_language_is_marked_in_the_rows():
    source = PastedSource(TEXT)
    begin = Begin(request=StartRun(run_id="r", a=PolicyText(POLICY, "a.toml"), source=source))
    identifier = language_identifier(resources() / "models")
    work = Work(begin, lambda _: None, lambda _: LocalModels(text=ENGLISH), identifier)
    with closing(work.spool):
        while work.turn():
            pass
        german, english = (work.spool.row(at) for at in range(2))
    assert (german.language, german.a.action) == ("de", "keep")
    assert NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "de") in german.a.not_looked
    assert (english.language, english.a.action) == ("en", "flag")
