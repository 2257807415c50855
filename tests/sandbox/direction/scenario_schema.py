"""The scenario language as a JSON schema, for editors: made from the types, so it never lags.

``python -m tests.sandbox.direction.scenario_schema`` writes it to standard output; a test
compares the copy beside the scenarios with it.
"""

import inspect
import re
import sys
import textwrap
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from console.sandbox.direction import scenario
from console.sandbox.faults import KINDS as FAULT_KINDS
from console.sandbox.faults import Fault


class ScenarioFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scenario of the sandbox, or a file of names, pools and a policy that scenarios share.

    Attributes:
        title: a few words. description: one sentence.
        seed: the same seed makes the same people say the same things.
        speed: scenario seconds in one real second.
        caption_lag: seconds from the end of an utterance to its caption.
        uses: files beside this one that add names, pools, and a policy where there is none here.
        policy: what the sandbox's server judges by.
    """

    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    seed: int = 1
    speed: float = 1.0
    caption_lag: float = 0.0
    uses: tuple[str, ...] = ()
    policy: scenario.ServerPolicy | UnsetType = UNSET
    users: tuple[scenario.Person, ...] = ()
    casts: tuple[scenario.Cast, ...] = ()
    names: tuple[scenario.Names, ...] = ()
    calls: tuple[scenario.CallPlan, ...] = ()
    pools: tuple[scenario.Pool, ...] = ()
    lines: tuple[scenario.Line, ...] = ()
    chatter: tuple[scenario.Chatter, ...] = ()
    exchanges: tuple[scenario.Exchanges, ...] = ()
    events: tuple[scenario.Happening, ...] = ()


_KINDS = (
    ScenarioFile,
    scenario.ServerPolicy,
    scenario.Person,
    scenario.Cast,
    scenario.Names,
    scenario.CallPlan,
    scenario.Pool,
    scenario.Line,
    scenario.Chatter,
    scenario.Exchanges,
    scenario.Happening,
    Fault,
)
_CHOICES = {
    ("CallPlan", "type"): ["default", "livestream", "audio_room", "development"],
    ("Fault", "kind"): list(FAULT_KINDS),
}
_ATTRIBUTE = re.compile(r"(?:^|(?<=\. ))((?:\w+, )*\w+): ")


def scenario_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12)."""
    schema = msgspec.json.schema(ScenarioFile)
    parts = schema["$defs"]
    for part in parts.values():
        if "description" in part:  # Python 3.13 and up dedent docstrings, those before do not
            part["description"] = inspect.cleandoc(part["description"])
    for kind in _KINDS:
        part = parts[kind.__name__]
        summary, sentences = _described(kind.__doc__ or "")
        part["description"] = summary
        for name, sentence in sentences.items():
            wire = "from" if name == "since" else name
            if wire in part["properties"]:
                part["properties"][wire]["description"] = sentence
    for (kind_name, name), choices in _CHOICES.items():
        parts[kind_name]["properties"][name]["enum"] = choices
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Moderator Console scenario",
        **schema,
    }


def _described(docstring: str) -> tuple[str, dict[str, str]]:
    """The summary of a docstring, and its sentence about each attribute."""
    summary, _, attributes = inspect.cleandoc(docstring).partition("Attributes:\n")
    sentences: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", textwrap.dedent(attributes)):
        pieces = _ATTRIBUTE.split(" ".join(entry.split()))
        for names, sentence in zip(pieces[1::2], pieces[2::2], strict=True):
            sentences.update((name, sentence.strip()) for name in names.split(", "))
    return " ".join(summary.split()), sentences


def schema_text() -> str:
    """The schema as it lies beside the scenarios."""
    return msgspec.json.format(msgspec.json.encode(scenario_schema()), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
