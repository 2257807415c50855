"""What of a policy is evaluated here, and what only Stream evaluates. Shown with every result."""

from collections.abc import Callable

from console.base.invisible import shows_nothing
from console.domain.local_models import NO_MODELS, LocalModels
from console.policy.model import Policy
from console.policy.policy_file import PLAIN_KEYS
from console.policy.required_stages import RULE
from console.policy.sections.registry import SECTIONS, find_section
from console.policy.sections.section import is_on

ModelsFor = Callable[[Policy], LocalModels]
"""The models to judge a policy with; may take half a second, so not on a loop."""


def no_models(policy: Policy) -> LocalModels:
    """For programs that judge by words alone."""
    return NO_MODELS


def when_wanted(
    take: Callable[[], LocalModels], take_image: Callable[[], LocalModels] | None = None
) -> ModelsFor:
    """``take`` is only called for a policy that is judged better with models.

    ``take_image``: the same for one that wants them for its images alone; ``take`` without it.
    """

    def models_for(policy: Policy) -> LocalModels:
        wanting = [section for section in SECTIONS if section.wants_models(policy)]
        if not wanting:
            return NO_MODELS
        images_alone = not any(section.wants_models_of_texts(policy) for section in wanting)
        return take_image() if take_image is not None and images_alone else take()

    return models_for


def wants_models(policy: Policy) -> bool:
    """Whether reading the models is worth the time and memory for ``policy``."""
    return any(section.wants_models(policy) for section in SECTIONS)


def rule_names(policy: Policy, models: LocalModels = NO_MODELS) -> tuple[str, ...]:
    """What matches call the rules of ``policy`` that are evaluated with ``models``."""
    names = [rule.name for rule in policy.block_list_rules]
    for section in SECTIONS:
        if not section.new_name:
            names += section.rule_names(policy, models)
    names += [RULE + rule.stage for rule in policy.required.in_force]
    return tuple(names)


def unevaluated(
    policy: Policy, models: LocalModels = NO_MODELS, *, lines: bool = False
) -> tuple[str, ...]:
    """One sentence for each part of ``policy`` that ``Evaluator`` with ``models`` passes over.

    ``lines``: lines of speakers are judged, not single texts.
    """
    out: list[str] = []
    for name, raw in policy.sections.items():
        if name in PLAIN_KEYS or not is_on(raw):
            continue
        section = find_section(name)
        if section is None:
            out.append(f"{name} needs Stream; it is not evaluated here.")
        elif section.new_name in policy.sections:
            out.append(f"{name} is the old name of {section.new_name}, which alone counts here.")
        else:
            out += () if lines else section.notes_of_texts(policy)
            out += section.notes(policy, models)
    lists = {each.name for each in policy.blocklists}
    out += [
        f"The list “{rule.name}” is not at hand; its rule matches nothing here."
        for rule in (*policy.block_list_rules, *policy.names.rules)
        if policy.block_list_enabled and rule.name not in lists
    ]
    out += [
        f"The list “{each.name}” has {_entries(count)} that nobody can see; nothing matches there."
        for each in policy.blocklists
        if (count := sum(map(shows_nothing, each.words)))
    ]
    filters = {each.name for each in policy.semantic_filters}
    out += [
        f"The semantic filter “{rule.name}” has no phrases here; Stream keeps its own."
        for rule in policy.semantic_rules
        if rule.name not in filters
    ]
    return tuple(out)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def needs_stream(policy: Policy) -> tuple[str, ...]:
    """The names of the sections that only Stream evaluates, whatever is on this computer."""
    return tuple(
        name
        for name, raw in policy.sections.items()
        if name not in PLAIN_KEYS and is_on(raw)
        if (section := find_section(name)) is None or not section.is_local(raw)
    )
