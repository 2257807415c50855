"""What each kind of section describes, so that everything else can loop over all kinds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol

from console.domain.local_models import LocalModels
from console.domain.stages import Stage
from console.domain.verdict import Match
from console.policy.label import classifier_name, label_key
from console.policy.model import Policy
from console.policy.sections.schema import Table, TableType, lenient


class Found(NamedTuple):
    """A rule that a text matches, and why in one sentence."""

    match: Match
    why: str


class Matcher(Protocol):
    """The rules of a section, made ready for texts."""

    @property
    def stage(self) -> Stage:
        """Which way of looking it is."""

    @property
    def has_rules(self) -> bool:
        """Whether the policy asks anything of it."""

    @property
    def asks_model(self) -> bool:
        """Whether a model looks at texts."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages that its model knows; empty where it knows any, or there is none."""

    def find(self, text: str) -> list[Found]:
        """Every rule that ``text`` matches."""


@dataclass(frozen=True)
class Section:
    """One section of Stream's config.

    Attributes:
        LOCAL: it is evaluated on this computer, whatever stands in it.
        help: what it is about.
        new_name: what Stream calls it now, where ``name`` is an old one.
    """

    name: str
    schema: type[Table]
    help: str
    new_name: str = ""
    LOCAL: ClassVar[bool] = False

    def is_local(self, raw: Mapping[str, Any]) -> bool:
        """Whether anything of the section can be evaluated on this computer."""
        return self.LOCAL

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        """One sentence for each part of the section, which is on, that is not evaluated here."""
        return (f"{self.name} needs Stream; it is not evaluated here.",)

    def notes_of_texts(self, policy: Policy) -> Iterable[str]:
        """What is not evaluated where single texts are judged, without who said them and when."""
        return ()

    def wants_models(self, policy: Policy) -> bool:
        """Whether a model would judge better by the section."""
        return False

    def wants_models_of_texts(self, policy: Policy) -> bool:
        """Whether that is a model of texts, and not of images alone."""
        return self.wants_models(policy)

    def matcher(self, policy: Policy, models: LocalModels) -> Matcher | None:
        """What judges texts by the section; None when nothing does."""
        return None

    def rule_names(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        """What matches call the rules that are evaluated with ``models``."""
        return ()


def is_on(raw: Any) -> bool:
    """Whether a section says something, and counts."""
    return isinstance(raw, Mapping) and bool(raw) and bool(raw.get("enabled", True))


def config_in(sections: Mapping[str, Any], name: str, schema: type[TableType]) -> TableType | None:
    """The section called ``name``; None when it is missing, empty or switched off."""
    return lenient(schema, sections[name]) if is_on(sections.get(name)) else None


def name_in(sections: Mapping[str, Any], name: str, old_name: str) -> str:
    """The name that a section has in ``sections``; the new one when it is missing."""
    return old_name if sections.get(old_name) and not sections.get(name) else name


def unknown_labels(labels: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of ``labels`` that a classifier which knows ``known`` never gives."""
    keys = {label_key(each) for each in known}
    return [label for label in labels if label_key(label) not in keys]


def not_known(section: str, classifier: str, labels: Iterable[str]) -> str:
    """The sentence for rules about labels that the classifier of this computer never gives."""
    listed = ", ".join(f"“{label}”" for label in labels)
    return f"{section}: the {classifier_name(classifier)} does not know {listed}; Stream may."
