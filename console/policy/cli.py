"""``moderator-console policy``: lint, test, run and compare policies."""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.base.standard_streams import flush_output
from console.base.whole_file import written_whole
from console.domain.results import CallAction, Judgement
from console.domain.spoken_language import NO_GUESSES, LanguageIdentifier, identified
from console.policy.calls.tally import CallTally
from console.policy.calls.watch import CallWatch
from console.policy.cli_input import InputRows, add_input, lines_of_input
from console.policy.coverage import ModelsFor, no_models, rule_names, unevaluated
from console.policy.evaluator import Evaluator, looked_ahead
from console.policy.inputs.text_row import TextRow
from console.policy.line_judge import LineJudge
from console.policy.loader import read_policy_at
from console.policy.measures.comparison import FlipTally, flip
from console.policy.measures.tally import Tally
from console.policy.policy_file import PolicyRead
from console.policy.report import ResultLines, as_json, as_line, call_line, outcome
from console.policy.sections.call_rules import call_rules
from console.policy.spoken_languages import SpokenLanguages

OK, WRONG, REFUSED = 0, 1, 2


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="moderator-console policy", description="Write, try and compare policies; no network."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    lint = commands.add_parser("lint", help="what is wrong with policy files")
    lint.add_argument("files", nargs="+", type=Path, metavar="FILE")

    test = commands.add_parser("test", help="what a policy makes of texts")
    test.add_argument("file", type=Path, metavar="FILE")
    test.add_argument("texts", nargs="*", metavar="TEXT", help="none: lines of standard input")
    test.add_argument("--json", action="store_true", help="one JSON object a line")
    test.add_argument("--language", default="", help="of the texts, as Stream names it")

    run = commands.add_parser("run", help="what a policy makes of a file of texts")
    run.add_argument("file", type=Path, metavar="FILE")
    add_input(run)
    run.add_argument("--labels", default="", metavar="COLUMN", help="column with true labels")
    run.add_argument("--output", type=Path, help="results, as CSV or (.jsonl) JSON lines")
    run.add_argument("--json", action="store_true", help="the totals as one JSON line")

    diff = commands.add_parser("diff", help="where two policies differ")
    diff.add_argument("before", type=Path, metavar="A")
    diff.add_argument("after", type=Path, metavar="B")
    add_input(diff)
    diff.add_argument("--json", action="store_true", help="one JSON object a flip, totals last")
    # The engine answers these two, since they need a Stream app; here so that the help names them.
    commands.add_parser("pull", help="write an app's policy as a policy file")
    commands.add_parser("push", help="show what differs and, with --yes, write it to the app")
    if argv[:1] == ["test"]:
        # Only this way may options stand between FILE and TEXT.
        return test.parse_intermixed_args(argv[1:], argparse.Namespace(command="test"))
    return parser.parse_args(argv)


def main(
    argv: Sequence[str],
    models_for: ModelsFor = no_models,
    identifier: LanguageIdentifier = NO_GUESSES,
) -> int:
    """Run one command; 0 is well, 1 is a policy with errors, 2 is a file that cannot be used.

    ``models_for``: gives the models to judge a policy with. ``identifier`` tells languages.
    """
    options = _parse(argv)
    options.identifier = identifier
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # consoles that are not UTF-8
    try:
        code = _COMMANDS[options.command](options, models_for)
        flush_output()
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return code


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _write_json(row: object) -> None:
    _write(json.dumps(row, ensure_ascii=True))


def _evaluator(path: Path, models_for: ModelsFor, *, lines: bool = False) -> Evaluator | None:
    """The policy at ``path`` ready to judge; None after its errors were written.

    ``lines``: it will judge lines of speakers, not single texts.

    What it holds beyond this engine is written to standard error too.
    """
    read = read_policy_at(path)
    for line in _error_lines(path, read):
        sys.stderr.write(f"{visible(line)}\n")
    if read.policy is None:
        return None
    models = models_for(read.policy)
    for sentence in unevaluated(read.policy, models, lines=lines):
        sys.stderr.write(f"{visible(f'{path}: {sentence}')}\n")
    return Evaluator(read.policy, models=models)


def _error_lines(path: Path, read: PolicyRead) -> list[str]:
    """``file:line: message`` for each error; a list's file as it is found from here."""
    own = str(path)
    places = (
        (error, own if error.place == own else path.parent / error.place) for error in read.errors
    )
    return [str(msgspec.structs.replace(error, place=str(place))) for error, place in places]


def _lint(options: argparse.Namespace, _models_for: ModelsFor) -> int:
    result = OK
    for path in options.files:
        try:
            errors = _error_lines(path, read_policy_at(path))
        except WorldError as error:
            errors = [f"{path}:1: {error.sentence}"]
        for line in errors:
            _write(visible(line))
            result = WRONG
    return result


def _test(options: argparse.Namespace, models_for: ModelsFor) -> int:
    evaluator = _evaluator(options.file, models_for)
    if evaluator is None:
        return WRONG
    for text in options.texts or lines_of_input():
        spoken = identified(text, options.language, options.identifier).language
        judgement = evaluator.judge(text, options.language, spoken=spoken)
        if options.json:
            _write_json(as_json(text, judgement))
        else:
            _write(as_line(text, judgement))
    return OK


def _speaker(row: TextRow) -> str:
    return f"{row.call}\x1f{row.speaker}" if row.speaker else ""


def _run(options: argparse.Namespace, models_for: ModelsFor) -> int:
    evaluator = _evaluator(options.file, models_for, lines=True)
    if evaluator is None:
        return WRONG
    if options.output:
        _keep_apart(options.output, options.input, options.file)
    judge = LineJudge(evaluator)
    languages = SpokenLanguages(options.identifier)
    watch = CallWatch(call_rules(evaluator.policy.sections))
    tally = Tally(rule_names(evaluator.policy, evaluator.models))
    calls = CallTally(watch.rules)
    rows = InputRows(options, [evaluator.policy])
    with ExitStack() as stack:
        keep = None
        if options.output:
            understood = rows.understood
            keep = _results(
                options.output,
                stack,
                calls=bool(watch.rules),
                spoken=understood.speakers_told or understood.times_told,
            )
        for row in looked_ahead(rows, [evaluator], os.cpu_count() or 1):
            spoken = languages.of(row.text, row.language, _speaker(row)).language
            judgement = judge.judge(
                *(row.text, row.language, _speaker(row), row.at),
                item=str(row.line),
                spoken=spoken,
            )
            tally.add(row, judgement)
            # A file that names speakers and times but no call holds one.
            actions = watch.observe(
                judgement,
                call=row.call or options.input.name,
                speaker=row.speaker,
                at=row.at,
                line=row.line,
            )
            calls.add(actions)
            if keep is not None:
                keep(row, judgement, actions)
    summary = {**tally.summary(), **rows.summary()}
    if watch.rules:
        summary["call_rules"] = calls.summary()
    if options.json:
        _write_json(summary)
    else:
        listed = summary["call_rules"].pop("listed") if watch.rules else ()
        for name, value in summary.items():
            _write(f"{name}: {visible(json.dumps(value, ensure_ascii=False))}")
        for each in listed:
            _write(visible(call_line(each)))
    return OK if tally.texts or not rows.bad else REFUSED


def _keep_apart(output: Path, *read: Path) -> None:
    """Raises WorldError: ``output`` is one of the files that are ``read``, and would empty it."""
    for path in read:
        try:
            same = output.samefile(path)
        except OSError:
            continue  # one of them is not there, which reading or writing it will say
        if same:
            raise WorldError(f"{output} is read by this run; write the results elsewhere.")


def _results(
    path: Path, stack: ExitStack, *, calls: bool, spoken: bool
) -> Callable[[TextRow, Judgement, Sequence[CallAction]], None]:
    """A function that adds one result to the file at ``path``, which is whole when stack ends."""
    lines = ResultLines(path.suffix, calls=calls, spoken=spoken)
    write = stack.enter_context(written_whole(path))
    write(lines.head())

    def keep(row: TextRow, judgement: Judgement, actions: Sequence[CallAction]) -> None:
        write(lines.line(row, judgement, actions))

    return keep


def _diff(options: argparse.Namespace, models_for: ModelsFor) -> int:
    before, after = (
        _evaluator(path, models_for, lines=True) for path in (options.before, options.after)
    )
    if before is None or after is None:
        return WRONG
    tally = FlipTally()
    rows = InputRows(options, [before.policy, after.policy])
    first, second = LineJudge(before), LineJudge(after)
    languages = SpokenLanguages(options.identifier)
    for row in looked_ahead(rows, [before, after], os.cpu_count() or 1):
        said = row.text, row.language, _speaker(row), row.at
        item, spoken = str(row.line), languages.of(*said[:3]).language
        judgements = (each.judge(*said, item=item, spoken=spoken) for each in (first, second))
        found = flip(row, *judgements)
        tally.add(found)
        if found is None:
            continue
        if options.json:
            _write_json(
                {
                    "line": row.line,
                    "text": row.text,
                    "before": as_json(row.text, found.before),
                    "after": as_json(row.text, found.after),
                }
            )
        else:
            step = f"{outcome(found.before.action)} -> {outcome(found.after.action)}"
            _write(f"{row.line}: {step} by “{visible(found.rule)}”: {visible(row.text)}")
    summary = {**tally.summary(), **rows.summary()}
    _write_json(summary)
    return OK if tally.texts or not rows.bad else REFUSED


_COMMANDS = {"lint": _lint, "test": _test, "run": _run, "diff": _diff}
