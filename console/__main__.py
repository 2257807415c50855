"""The command line (README.md, Commands). Imports only what the chosen command needs."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console import __version__
from console.base.errors import WorldError
from console.base.standard_streams import discard_output, flush_output, prepare

INTERRUPTED = 130
"""What a shell calls a program that Ctrl+C ended."""


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 1e10:
        raise ValueError
    return seconds


def _factor(text: str) -> float:
    factor = float(text)
    if not 0 < factor <= 1e6:  # neither nan nor inf
        raise ValueError
    return factor


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise ValueError
    return port


def _webhook(text: str) -> Any:
    from console.engine.webhooks.listen_at import listen_at

    return listen_at(text)


def _clock(text: str) -> tuple[float, float]:
    speed, _, origin = text.partition("@")
    began = float(origin) if origin else time.time()
    if not 0 <= began < 1e10:  # neither nan nor inf
        raise ValueError
    return _factor(speed), began


# argparse says "invalid seconds value" and the like.
_seconds.__name__, _port.__name__, _clock.__name__ = "seconds", "port", "clock speed"
_factor.__name__, _webhook.__name__ = "factor", "address"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moderator-console",
        description="Watch live Stream calls, judge what is said, act, get a receipt.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--home", type=Path, help="keep settings, data and logs below this folder")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    demo = commands.add_parser("demo", help="the window with a sandbox full of people")
    demo.add_argument("--scenario", default="town-hall", help="name or path of a scenario")
    demo.add_argument("--headless", action="store_true", help="no display needed")
    demo.add_argument(
        "--for", dest="seconds", type=_seconds, metavar="SECONDS", help="stop after this long"
    )
    demo.add_argument("--screenshot", type=Path, help="save a picture of the window at the end")
    demo.add_argument("--json", action="store_true", help="print the summary as one JSON line")
    demo.add_argument("--seed", type=int, help="another seed for the scenario")
    demo.add_argument("--speed", type=_factor, help="scenario seconds in one real second")
    demo.add_argument("--rate", type=_factor, help="factor on how much people talk")
    demo.add_argument("--theme", choices=["system", "light", "dark"], help="colours to use")

    sandbox = commands.add_parser("sandbox", help="the loopback server alone")
    sandbox.add_argument("--port", type=_port, default=0, help="0 picks a free one")
    sandbox.add_argument("--scenario", default="town-hall", help="name or path of a scenario")
    sandbox.add_argument("--seed", type=int, help="another seed for the scenario")
    sandbox.add_argument("--speed", type=_factor, help="scenario seconds in one real second")
    sandbox.add_argument("--rate", type=_factor, help="factor on how much people talk")
    sandbox.add_argument("--paused", action="store_true", help="begin when the control says so")
    sandbox.add_argument(
        "--virtual-clock", action="store_true", help="time of its own: the same in every run"
    )
    sandbox.add_argument("--no-media", action="store_true", help="as without the extra media")
    sandbox.add_argument("--record", type=Path, help="save what clients see to this file")
    sandbox.add_argument("--replay", type=Path, help="play such a file instead of a scenario")
    sandbox.add_argument(
        "--control", action="store_true", help="also serve /sandbox to this machine; --paused does"
    )
    sandbox.add_argument("--until-stdin-closes", action="store_true", help="end with the parent")
    sandbox.add_argument("--json", action="store_true", help="print the address as one JSON line")
    sandbox.add_argument("--coverage", action="store_true", help="list the endpoints and end")

    engine = commands.add_parser("engine", help="the engine with no window")
    engine.add_argument("--profile", help="sign in with this stored profile at once")
    engine.add_argument(
        "--webhook",
        type=_webhook,
        metavar="[HOST:]PORT",
        help="take Stream's webhooks there: of this machine alone where no host is said",
    )

    for command in (demo, sandbox, engine):  # SPEED[@ORIGIN] of SystemClock, for tests and drills
        command.add_argument(
            "--clock-speed",
            dest="clock",
            type=_clock,
            default=(1.0, 0.0),
            help=argparse.SUPPRESS,
        )

    # Dispatched before parsing; here so that the help names them.
    commands.add_parser("policy", help="try, run, compare, pull and push policies")
    commands.add_parser("search", help="find what was said, done and written, in all calls")
    commands.add_parser("audit", help="check and export the log of what was done")
    commands.add_parser("evidence", help="list, export and verify the evidence of acts")
    commands.add_parser("labels", help="count, export, fit to, delete what moderators labelled")
    commands.add_parser("store", help="check, compact, copy and restore the store, erase a person")

    lab = commands.add_parser("lab", help="the policy lab alone: no sign-in, no network")
    lab.add_argument("policy", nargs="?", type=Path, metavar="FILE", help="a policy to open")

    doctor = commands.add_parser("doctor", help="what is missing on this machine")
    doctor.add_argument("--json", action="store_true", help="print the findings as one JSON line")

    media = commands.add_parser("media-check", help="what this machine can hear and see")
    media.add_argument("--json", action="store_true", help="print the parts as one JSON line")
    media.add_argument("--file", type=Path, help="write down what is said in this file, as JSON")
    media.add_argument("--image", type=Path, help="tell what this picture shows, as JSON")
    media.add_argument(
        "--model",
        choices=["whisper-tiny.en", "whisper-base"],
        default="whisper-tiny.en",
        help="the speech model for it",
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    prepare()
    try:
        try:
            return _run(arguments)
        finally:
            flush_output()
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except BrokenPipeError:  # the reader has seen enough
        discard_output()
        return 0
    except KeyboardInterrupt:  # before a command could see to it
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    home, command = _split(arguments)
    if command[:1] == ["policy"]:
        return _run_policy(command[1:], _parser().parse_args(home).home)
    if command[:1] == ["search"]:
        from console.store.search.cli import main as search_main

        return search_main(command[1:], _parser().parse_args(home).home)
    if command[:1] == ["audit"]:
        return _run_audit(command[1:], _parser().parse_args(home).home)
    if command[:1] == ["store"]:
        from console.store.cli import main as store_main

        return store_main(command[1:], _parser().parse_args(home).home)
    if command[:1] == ["evidence"]:
        from console.engine.evidence.cli import main as evidence_main

        return evidence_main(command[1:], _parser().parse_args(home).home)
    if command[:1] == ["labels"]:
        return _run_labels(command[1:], _parser().parse_args(home).home)
    options = _parser().parse_args(home + command)
    match options.command:
        case "sandbox":
            from console.sandbox.cli import main as sandbox_main

            return sandbox_main(options)
        case "engine":
            from console.engine.cli import main as engine_main

            return engine_main(options)
        case "doctor":
            from console.doctor.cli import main as doctor_main

            return doctor_main(options)
        case "media-check":
            from console.doctor.media_check import main as media_main

            return media_main(options)
        case "lab":
            from console.ui.shell.cli import lab as lab_main

            return lab_main(options)
        case "demo":
            from console.ui.demo.cli import main as demo_main

            return demo_main(options)
        case _:
            from console.ui.shell.cli import main as window_main

            return window_main(options)


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """``--home`` with its folder, wherever it stands, and the command with what follows it."""
    home: list[str] = []
    rest = list(arguments)
    at = 0
    while at < len(rest) and rest[at] != "--":
        if rest[at] == "--home":
            home, rest[at : at + 2] = rest[at : at + 2], []
        elif rest[at].startswith("--home="):
            home = [rest.pop(at)]
        else:
            at += 1
    return home, rest


def _run_audit(arguments: list[str], home: Path | None) -> int:
    from console.audit.cli import main as audit_main

    code = audit_main(arguments, home)
    if arguments[:1] == ["export"]:  # what checks the log does not write it
        from console.store.audit_exports import note_export

        note_export(arguments[1:], home)
    return code


def _run_policy(arguments: list[str], home: Path | None) -> int:
    if arguments[:1] in (["pull"], ["push"]):
        from console.engine.policies.cli import main as exchange_main

        return exchange_main(arguments, home)
    from console.policy.cli import main as policy_main

    models_for, identifier = _models(_paths(home))
    return policy_main(arguments, models_for, identifier)


def _run_labels(arguments: list[str], home: Path | None) -> int:
    from console.engine.labels_cli import main as labels_main

    paths = _paths(home)
    models_for, identifier = _models(paths)
    return labels_main(arguments, paths, models_for, identifier)


def _paths(home: Path | None) -> Any:
    from console.base.paths import Paths

    return Paths.under(home) if home else Paths.of_platform()


def _models(paths: Any) -> tuple[Any, Any]:
    """What gives the models for a policy, and what tells languages."""
    from console.base.paths import resources
    from console.domain.local_models import LocalModels
    from console.models.language_guesses import language_identifier
    from console.models.model_registry import ModelRegistry
    from console.policy.coverage import when_wanted

    shelf = ModelRegistry(paths.config / "models", resources() / "models")

    def take() -> LocalModels:
        before = shelf.notes
        shelved = shelf.take()
        for note in shelved.notes[len(before) :]:
            sys.stderr.write(f"{note}\n")
        return shelved.models

    return when_wanted(take), language_identifier(resources() / "models")


if __name__ == "__main__":
    raise SystemExit(main())
