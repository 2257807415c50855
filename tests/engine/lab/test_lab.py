"""The lab as a window uses it: the real router, real bench processes, no sign-in, no network."""

import json
import tomllib

import pytest

from console.domain.sign_in import Method
from console.domain.verdict import Severity
from console.protocol.codec import encode
from console.protocol.lab import (
    AskPolicyInUse,
    AskStream,
    AskVocabulary,
    AskWords,
    CheckPolicy,
    Edit,
    EditPolicy,
    ListWords,
    PolicyChecked,
    PolicyEdited,
    PolicyInUse,
    PolicyText,
    PolicyUsed,
    StreamSaid,
    TextTried,
    TryText,
    UsePolicy,
    Vocabulary,
)
from console.protocol.lab_results import RunFinished, RunState
from console.protocol.lab_runs import (
    AskColumns,
    AskRows,
    AskSavedCalls,
    CancelRun,
    Columns,
    DropRun,
    Exported,
    ExportFormat,
    ExportRun,
    FileSource,
    Flip,
    PastedSource,
    RowFilter,
    RowOrder,
    RunDropped,
    RunProgress,
    RunRows,
    SavedCalls,
    StartRun,
    Weights,
)
from console.protocol.lab_stream import AppPolicies, AskAppPolicies

A = """\
key = "custom:captions"

[block_list_config]
rules = [
  { name = "insults", action = "flag" },
  { name = "scams", action = "remove" },
  { name = "unused", action = "flag" },
]

[[blocklists]] # mild ones
name = "insults"
label = "INSULT"
severity = "medium"
words = ["idiot", "fool"]

[[blocklists]]
name = "scams"
label = "SCAM"
severity = "high"
words = ["free coins"]

[[blocklists]]
name = "unused"
words = ["zebra crossing"]
"""
B = A.replace('"insults", action = "flag"', '"insults", action = "remove"').replace(', "fool"', "")
LINES = """\
text,label,user_id
"hello, all",,ann
you idiot,INSULT,bob
what a fool,INSULT,bob
free coins here,INSULT,cem
nothing wrong,SCAM,cem
free coins for charity,,dee
"""


def a(text: str = A) -> PolicyText:
    return PolicyText(text, "a.toml")


def b() -> PolicyText:
    return PolicyText(B, "b.toml")


async def ask(console, question, kind):
    console.router.answer(question)
    await console.until(lambda: console.of(kind))
    return console.of(kind)[-1]


@pytest.fixture
def labelled(tmp_path) -> str:
    path = tmp_path / "lines.csv"
    path.write_text(LINES, "utf-8")
    return str(path)


async def finished(console, run_id):
    await console.until(lambda: any(f.run_id == run_id for f in console.of(RunFinished)), 30)
    return next(f for f in console.of(RunFinished) if f.run_id == run_id)


async def rows(console, run_id, **more):
    request_id = f"rows-{len(console.messages)}"
    console.router.answer(AskRows(request_id=request_id, run_id=run_id, **more))
    await console.until(lambda: any(r.request_id == request_id for r in console.of(RunRows)))
    return console.of(RunRows)[-1]


async def test_a_check_tells_what_a_form_shows(console):
    checked = await ask(console, CheckPolicy("1", a()), PolicyChecked)
    assert (checked.request_id, checked.errors) == ("1", ())
    summary = checked.summary
    assert summary.key == "custom:captions"
    lists, *_ = summary.sections
    assert [row.name for row in lists.rows] == ["insults", "scams", "unused"]
    first = lists.rows[0].values
    assert (first["type"], first["words"], first["action"]) == ("word", ["idiot", "fool"], "flag")
    assert (first["label"], first["severity"]) == ("INSULT", Severity.MEDIUM)


async def test_errors_come_all_at_once_and_the_last_good_version_tries_on(console):
    tried = await ask(console, TryText("0", a(), "you idiot"), TextTried)
    assert not tried.stale
    broken = a(A.replace('"flag"', '"flog"'))
    checked = await ask(console, CheckPolicy("1", broken), PolicyChecked)
    assert checked.summary is None
    assert [(each.line, each.key) for each in checked.errors] == [
        (5, "block_list_config.rules[0].action"),
        (7, "block_list_config.rules[2].action"),
    ]
    console.router.answer(TryText("2", broken, "you idiot"))
    await console.until(lambda: len(console.of(TextTried)) == 2)
    tried = console.of(TextTried)[-1]
    assert tried.stale
    assert tried.sentence == "The last version without errors judged."
    assert tried.judgement.action == "flag"
    console.router.answer(TryText("3", PolicyText("key = ", "new.toml"), "you idiot"))
    await console.until(lambda: len(console.of(TextTried)) == 3)
    assert console.of(TextTried)[-1].judgement is None


async def test_of_many_tries_only_the_newest_is_certain(console):
    for number in range(50):
        console.router.answer(TryText(str(number), a(), f"you idiot {number}"))
    await console.until(lambda: any(t.request_id == "49" for t in console.of(TextTried)))
    assert len(console.of(TextTried)) <= 2
    (match,) = console.of(TextTried)[-1].judgement.matches
    assert (match.start, match.end, match.kind) == (4, 9, "word")


async def test_edits_change_the_text_or_nothing(console):
    edits = (
        Edit(("blocklists", 0, "words"), "append", "dolt"),
        Edit(("block_list_config", "rules", 0, "action"), "set", "mask"),
        Edit(("block_list_config", "rules", 2), "remove"),
    )
    edited = await ask(console, EditPolicy("1", a(), edits), PolicyEdited)
    assert edited.sentence == ""
    assert "[[blocklists]] # mild ones" in edited.text
    data = tomllib.loads(edited.text)
    assert data["blocklists"][0]["words"] == ["idiot", "fool", "dolt"]
    assert [rule["action"] for rule in data["block_list_config"]["rules"]] == ["mask", "remove"]

    wrong = EditPolicy("2", a(), (edits[0], Edit(("blocklists", 9, "label"), "set", "x")))
    console.router.answer(wrong)
    await console.until(lambda: len(console.of(PolicyEdited)) == 2)
    assert console.of(PolicyEdited)[-1].text == A
    assert console.of(PolicyEdited)[-1].sentence.startswith("There is no such place")


async def test_words_and_vocabulary(console):
    words = await ask(console, AskWords("1", a(), "scams"), ListWords)
    assert words.words == ("free coins",)
    vocabulary = await ask(console, AskVocabulary("2"), Vocabulary)
    assert "words" in [key.word.name for key in vocabulary.tables["blocklists"]]
    (action,) = [
        key for key in vocabulary.tables["block_list_config.rules"] if key.word.name == "action"
    ]
    assert "remove" in [word.name for word in action.values]
    assert "[flood_config]" in [head.text for head in vocabulary.heads]


async def test_a_run_compares_counts_and_scores(console, labelled):
    source = FileSource(labelled, "label")
    weights = Weights(missed=10.0, false_block=2.0)
    wish = StartRun(run_id="r", a=a(), b=b(), source=source, weights=weights)
    console.router.answer(wish)
    done = await finished(console, "r")
    assert (done.state, done.lines, done.labelled, done.unreadable) == (RunState.DONE, 6, 6, 0)
    assert done.a.name == "a.toml"
    assert {c.name: c.count for c in done.a.actions} == {"flag": 2, "remove": 2, "keep": 2}
    assert {c.name: c.count for c in done.b.actions} == {"remove": 3, "keep": 3}
    assert done.a.never_matched == ("unused",)
    assert [(each.rule, each.entry, each.lines) for each in done.a.entries] == [
        ("scams", "free coins", 2),
        ("insults", "idiot", 1),
        ("insults", "fool", 1),
    ]
    assert [(each.rule, each.count, each.of, each.first) for each in done.a.silent] == [
        ("unused", 1, 1, ("zebra crossing",))
    ]
    by_kind = {each.kind: (each.count, each.cost) for each in done.a.errors}
    assert by_kind == {
        "missed": (1, 10.0),
        "false_flag": (0, 0.0),
        "false_block": (1, 2.0),
        "wrong_label": (1, 0.5),
    }
    insult = done.a.by_label["insult"]
    assert (insult.precision, insult.recall) == (1.0, 2 / 3)
    cells = {(cell.wanted, cell.given): cell.count for cell in done.a.matrix}
    assert cells == {
        ("none", "none"): 1,
        ("insult", "insult"): 2,
        ("insult", "scam"): 1,
        ("scam", "none"): 1,
        ("none", "scam"): 1,
    }
    assert (done.comparison.flips, done.comparison.stricter, done.comparison.milder) == (2, 1, 1)
    steps = {(step.before, step.after): (step.count, step.rule) for step in done.comparison.steps}
    assert steps == {("flag", "remove"): (1, "insults"), ("flag", "keep"): (1, "insults")}


async def test_rows_are_sorted_filtered_and_paged(console, labelled):
    console.router.answer(StartRun(run_id="r", a=a(), b=b(), source=FileSource(labelled, "label")))
    await finished(console, "r")
    page = await rows(console, "r", start=1, count=2)
    assert (page.start, page.total) == (1, 6)
    assert [row.text for row in page.rows] == ["you idiot", "what a fool"]
    assert [(row.line, row.speaker, row.labels) for row in page.rows] == [
        (3, "bob", ("INSULT",)),
        (4, "bob", ("INSULT",)),
    ]
    worst = await rows(console, "r", order=RowOrder.SEVERITY_A, descending=True)
    assert [row.index for row in worst.rows] == [3, 5, 1, 2, 0, 4]
    for only, expected in (
        (RowFilter(flips=(Flip.STRICTER,)), [1]),
        (RowFilter(flips=(Flip.MILDER,)), [2]),
        (RowFilter(actions=("keep",), bad=True), [2, 4]),
        (RowFilter(rules=("scams",)), [3, 5]),
        (RowFilter(labels=("INSULT",), contains="FOOL"), [2]),
        (RowFilter(errors=("missed",)), [4]),
        (RowFilter(errors=("false_block", "wrong_label")), [3, 5]),
        (RowFilter(contains="coins", bad=False), [5]),
    ):
        found = await rows(console, "r", only=only)
        assert [row.index for row in found.rows] == expected, only


@pytest.mark.parametrize("kind", list(ExportFormat))
async def test_exports(console, labelled, tmp_path, kind):
    hostile = "<script>alert(1)</script> =cmd() you idiot \u202e"
    source = PastedSource(f"{hostile}\nfine")
    console.router.answer(StartRun(run_id="r", a=a(), source=source))
    await finished(console, "r")
    path = tmp_path / f"out.{kind}"
    wish = ExportRun(
        request_id="e", run_id="r", path=str(path), format=kind, only=RowFilter(actions=("flag",))
    )
    exported = await ask(console, wish, Exported)
    assert (exported.rows, exported.sentence) == (1, "")
    text = path.read_text("utf-8")
    if kind is ExportFormat.HTML:
        assert "<script" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; =cmd() you <mark>idiot</mark>" in text
        assert "\u202e" not in text
        assert "http" not in text.replace('http-equiv="Content-Security-Policy"', "")
    elif kind is ExportFormat.JSON_LINES:
        (line,) = text.splitlines()
        assert json.loads(line)["text"] == hostile
    else:
        assert len(text.splitlines()) == 2
        assert hostile in text
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


async def test_an_export_to_nowhere_is_a_sentence(console, tmp_path):
    console.router.answer(StartRun(run_id="r", a=a(), source=PastedSource("x")))
    await finished(console, "r")
    path = str(tmp_path / "missing" / "out.csv")
    wish = ExportRun(request_id="e", run_id="r", path=path, format=ExportFormat.CSV)
    exported = await ask(console, wish, Exported)
    assert exported.sentence == f"{path} could not be written: No such file or directory."


async def test_ten_thousand_lines_take_seconds_and_tell_how_far_they_are(console, tmp_path):
    path = tmp_path / "many.txt"
    path.write_text("".join(f"line {n} you idiot\n" for n in range(10_000)), "utf-8")
    console.router.answer(StartRun(run_id="r", a=a(), b=b(), source=FileSource(str(path))))
    done = await finished(console, "r")
    assert (done.lines, done.comparison.flips) == (10_000, 10_000)
    progress = console.of(RunProgress)
    assert progress[-1].done == 10_000
    assert progress[-1].share == 1.0
    assert [each.done for each in progress] == sorted(each.done for each in progress)
    assert len(progress) >= 5 * (done.seconds - 0.5)


async def test_a_run_is_cancelled_at_once_and_what_is_there_can_be_looked_at(console, tmp_path):
    path = tmp_path / "many.txt"
    path.write_text("".join(f"line {n} you idiot\n" for n in range(300_000)), "utf-8")
    console.router.answer(StartRun(run_id="r", a=a(), source=FileSource(str(path))))
    await console.until(lambda: any(each.done for each in console.of(RunProgress)), 30)
    console.router.answer(CancelRun("r"))
    done = await finished(console, "r")
    assert done.state is RunState.CANCELLED
    assert 0 < done.lines < 300_000
    page = await rows(console, "r", start=done.lines - 1)
    assert (page.total, len(page.rows)) == (done.lines, 1)
    console.router.answer(DropRun("r"))
    await console.until(lambda: console.of(RunDropped))
    assert (await rows(console, "r")).sentence == "This run is gone; run it again."


async def test_what_cannot_be_run_is_a_sentence(console, tmp_path):
    missing = str(tmp_path / "missing.txt")
    console.router.answer(StartRun(run_id="file", a=a(), source=FileSource(missing)))
    failed = await finished(console, "file")
    assert failed.state is RunState.FAILED
    assert failed.sentence == f"{missing} could not be read: No such file or directory."
    console.router.answer(StartRun(run_id="policy", a=a("key ="), source=PastedSource("x")))
    failed = await finished(console, "policy")
    assert failed.sentence.startswith("a.toml has errors. First: a.toml:1: not TOML:")
    assert failed.a is None


async def test_bad_rows_are_counted_and_the_rest_goes_on(console, tmp_path):
    path = tmp_path / "mixed.jsonl"
    path.write_text(
        '{"text": "you idiot"}\nnot json\n{"text": 7}\n"free coins"\n"\\ud800"\n', "utf-8"
    )
    console.router.answer(StartRun(run_id="r", a=a(), source=FileSource(str(path))))
    done = await finished(console, "r")
    assert (done.state, done.lines, done.unreadable) == (RunState.DONE, 3, 2)
    assert done.unreadable_first[0] == "Line 2: not a JSON object on one line."


async def test_the_fifth_run_takes_the_place_of_the_first(console):
    for number in range(5):
        console.router.answer(StartRun(run_id=str(number), a=a(), source=PastedSource("x")))
        await finished(console, str(number))
    assert [dropped.run_id for dropped in console.of(RunDropped)] == ["0"]


async def test_columns_of_a_file(console, labelled):
    columns = await ask(console, AskColumns("1", FileSource(labelled)), Columns)
    assert columns.columns == ("text", "label", "user_id")
    assert (columns.text_column, columns.speaker_column) == ("text", "user_id")
    assert columns.read_as.startswith("Read as CSV, UTF-8; text: “text”; speaker: “user_id”")


async def test_columns_without_a_known_name_can_be_chosen(console, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("when;whose;words\n0:01;ann;you idiot\n0:02;ann;fine\n", "utf-8")
    columns = await ask(console, AskColumns("1", FileSource(str(path))), Columns)
    assert columns.columns == ("when", "whose", "words")
    assert (columns.read_as, columns.sentence[:17]) == ("", "No column is call")
    chosen = FileSource(str(path), text_column="words", speaker_column="whose", time_column="when")
    console.router.answer(AskColumns("2", chosen))
    await console.until(lambda: len(console.of(Columns)) == 2)
    columns = console.of(Columns)[-1]
    assert columns.read_as == (
        "Read as CSV with “;” between columns, UTF-8; text: “words”; speaker: “whose”; "
        "time: “when” (clock)."
    )
    console.router.answer(StartRun(run_id="r", a=a(), source=chosen))
    done = await finished(console, "r")
    assert done.notes == (columns.read_as,)
    page = await rows(console, "r")
    assert [(row.speaker, row.at, row.text) for row in page.rows] == [
        ("ann", 1.0, "you idiot"),
        ("ann", 2.0, "fine"),
    ]


async def test_rules_over_time_say_what_they_lack(console, tmp_path):
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nyou idiot\n", "utf-8")
    policy = a(A + "\n[flood_config]\nidentical = 3\n")
    console.router.answer(StartRun(run_id="r", a=policy, source=FileSource(str(path))))
    done = await finished(console, "r")
    assert done.notes == (
        "Read as WebVTT, UTF-8; speaker: none; time: as the format tells it.",
        "Velocity rules of the policy say nothing: the file tells no speakers.",
    )


async def test_without_a_sign_in_what_needs_stream_says_so(console):
    said = await ask(console, AskStream("1", "you idiot"), StreamSaid)
    assert (said.judgement, said.sentence) == (None, "You are not signed in.")
    found = await ask(console, AskAppPolicies("2"), AppPolicies)
    assert found.sentence == "You are not signed in."


async def test_saved_calls_of_an_empty_store(console):
    assert (await ask(console, AskSavedCalls("1"), SavedCalls)).calls == ()


@pytest.mark.parametrize("message", [StartRun(run_id="r", a=a(), source=PastedSource("x"))])
async def test_over_the_wire(console, message):
    console.router.feed(encode(message))
    assert (await finished(console, "r")).lines == 1


async def test_a_policy_put_to_use_judges_and_survives(console, tmp_path):
    own = tmp_path / "config" / "policy.toml"
    used = await ask(console, UsePolicy("1", a()), PolicyUsed)
    assert (used.place, used.sentence) == (str(own), "")
    assert (used.former, used.undoable) == (None, True)
    told = await ask(console, AskPolicyInUse("i"), PolicyInUse)
    assert (told.text, told.place) == (A, str(own))
    assert own.read_text("utf-8") == A
    assert own.stat().st_mode & 0o777 == 0o600
    console.router.answer(UsePolicy("2", a("key = ")))
    await console.until(lambda: len(console.of(PolicyUsed)) == 2)
    assert console.of(PolicyUsed)[-1].sentence.startswith("The policy has errors")
    assert own.read_text("utf-8") == A
    console.router.answer(UsePolicy("3", None))
    await console.until(lambda: len(console.of(PolicyUsed)) == 3)
    assert not own.exists()
    assert console.of(PolicyUsed)[-1].former == A
    console.router.answer(AskPolicyInUse("j"))
    await console.until(lambda: len(console.of(PolicyInUse)) == 2)
    assert console.of(PolicyInUse)[-1].place == ""
    assert "block_list_config" in console.of(PolicyInUse)[-1].text


async def test_what_cannot_be_read_can_be_replaced_but_not_put_back(console):
    own = console.engine.own_policy
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes(b"\xff\xfe")
    told = await ask(console, AskPolicyInUse("i"), PolicyInUse)
    assert told.sentence == f"{own} is not UTF-8 text."
    used = await ask(console, UsePolicy("1", a()), PolicyUsed)
    assert (used.sentence, used.undoable) == ("", False)


async def test_a_policy_whose_key_is_for_chats_is_put_to_use_for_them_alone(console, tmp_path):
    own, text = (
        tmp_path / "config" / "policy.toml",
        A.replace('"custom:captions"', '"chat:messaging"'),
    )
    file = tmp_path / "config" / "chat-policies" / "chat-messaging.toml"
    told = await ask(console, AskPolicyInUse("i", text), PolicyInUse)
    assert (told.text, told.place, told.chats) == ("", "", "chat:messaging")
    used = await ask(console, UsePolicy("1", a(text)), PolicyUsed)
    assert (used.place, used.former, used.chats) == (str(file), None, "chat:messaging")
    assert (file.read_text("utf-8"), own.exists()) == (text, False)

    console.router.answer(UsePolicy("2", None, "chat:messaging"))
    await console.until(lambda: len(console.of(PolicyUsed)) == 2)
    assert not file.exists()
    assert console.of(PolicyUsed)[-1].former == text


async def test_a_policy_put_to_use_gives_the_next_verdict(console, sandbox):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live("default:one")
    flood = A + "\n[flood_config]\nidentical = 2\n"
    await ask(console, UsePolicy("1", a(flood)), PolicyUsed)
    await console.engine._policy.look()
    sandbox.say(ann, "hello again")
    sandbox.say(ann, "hello again")
    await console.until(lambda: len(console.verdicts) == 2)
    assert [verdict.action for verdict in console.verdicts] == ["keep", "flag"]
    assert console.verdicts[1].why == "The speaker repeats the same line (rule flood)."


async def test_a_path_may_begin_with_a_home_folder(console, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "talk.csv").write_text("text\nyou idiot\n", "utf-8")
    columns = await ask(console, AskColumns("1", FileSource("~/talk.csv")), Columns)
    assert columns.text_column == "text"
    source = FileSource("~no-such-user/talk.csv")
    console.router.answer(StartRun(run_id="r", a=a(), source=source))
    assert (await finished(console, "r")).sentence == "~no-such-user is no home folder here."
