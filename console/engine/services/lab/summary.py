"""What a form shows of a policy."""

from collections.abc import Mapping
from typing import Any

from console.base.toml_map import Path
from console.domain.local_models import NO_MODELS, LocalModels
from console.engine.services.lab.harm_summary import harms_of, harms_source, section_of
from console.engine.services.lab.image_summary import image_section, images_of, images_source
from console.policy.coverage import needs_stream, unevaluated
from console.policy.model import Blocklist, Policy
from console.policy.sections import ai_image, ai_text
from console.policy.sections.schema import lenient
from console.policy.sections.section import name_in
from console.policy.sections.semantic import SECTION, SemanticConfig
from console.policy.sections.velocity import velocity_filter
from console.policy.sections.word_lists import FLAGS
from console.policy.toml_lines import TomlLines
from console.protocol.lab_summary import (
    MAX_LISTED_WORDS,
    FloodSummary,
    ListSummary,
    PolicySummary,
    RuleSummary,
    SemanticSummary,
    VelocitySummary,
)

_LEXICAL = "Likeness of words, without a model: an approximation of Stream's semantic filters."


def summary_of(policy: Policy, text: str, models: LocalModels = NO_MODELS) -> PolicySummary:
    """``policy`` as read from ``text``; indices and lines are those of ``text``.

    ``models``: what judges beside words on this machine.
    """
    lines = TomlLines(text)
    meanings = policy.sections.get(SECTION) or {}
    filtered = velocity_filter(policy.sections)
    return PolicySummary(
        key=policy.key,
        lists=tuple(_lists(policy, lines)),
        rules=tuple(
            RuleSummary(at, rule.name, rule.action, lines.line(("block_list_config", "rules", at)))
            for at, rule in enumerate(policy.block_list_rules)
        ),
        block_list_enabled=policy.block_list_enabled,
        match_substring=policy.match_substring,
        semantic_filters=tuple(
            SemanticSummary(
                index=at,
                name=each.name,
                phrases=each.phrases,
                label=each.label,
                severity=each.severity,
                line=lines.line(("semantic_filters", at)),
            )
            for at, each in enumerate(policy.semantic_filters)
        ),
        semantic_rules=tuple(
            RuleSummary(
                at, rule.name, rule.action, lines.line((SECTION, "rules", at)), rule.threshold
            )
            for at, rule in enumerate(lenient(SemanticConfig, meanings).rules)
        ),
        semantic_enabled=bool(meanings.get("enabled", True)),
        semantic_source=_semantic_source(models) if policy.semantic_filters else "",
        harms=harms_of(policy, models, lines),
        harms_section=name_in(policy.sections, ai_text.SECTION, ai_text.OLD_SECTION),
        harms_enabled=bool(section_of(policy.sections).get("enabled", True)),
        harms_source=harms_source(policy, models.text),
        harm_labels=models.text.labels if models.text is not None else (),
        images=images_of(policy.sections, models.image, lines),
        images_section=name_in(policy.sections, ai_image.SECTION, ai_image.OLD_SECTION),
        images_enabled=bool(image_section(policy.sections).get("enabled", True)),
        images_source=images_source(models.image),
        image_labels=models.image.labels if models.image is not None else (),
        velocity=tuple(_velocity(policy.sections)) if filtered is not None else (),
        flood=_flood(policy.sections),
        needs_stream=needs_stream(policy),
        notes=unevaluated(policy, models),
    )


def _semantic_source(models: LocalModels) -> str:
    if models.embedder is None:
        return _LEXICAL
    return f"By meaning, with the local model {models.embedder.name}; Stream's may differ."


def _lists(policy: Policy, lines: TomlLines) -> list[ListSummary]:
    actions = {rule.name: rule.action for rule in policy.block_list_rules}
    own = lines.tables(("blocklists",))
    return [
        _list(each, at if at < own and not each.stand_in else -1, actions, lines)
        for at, each in enumerate(policy.blocklists)
    ]


def _list(
    blocklist: Blocklist, index: int, actions: Mapping[str, str], lines: TomlLines
) -> ListSummary:
    path: Path = ("blocklists", index)
    return ListSummary(
        index=index,
        name=blocklist.name,
        type=blocklist.type.value,
        words=blocklist.words[:MAX_LISTED_WORDS],
        count=len(blocklist.words),
        label=blocklist.label,
        severity=blocklist.severity,
        language=blocklist.language,
        flags=tuple(flag for flag in FLAGS if getattr(blocklist, flag)),
        action=actions.get(blocklist.name, ""),
        stand_in=blocklist.stand_in,
        line=lines.line(path) if index >= 0 else 0,
    )


def _velocity(sections: Mapping[str, Any]) -> list[VelocitySummary]:
    rows = (sections.get("velocity_filter_config") or {}).get("rules") or ()
    rules = velocity_filter(sections)
    return [
        VelocitySummary(
            index=at,
            action=rule.action,
            fast_spam_threshold=rule.fast_spam_threshold,
            fast_spam_ttl=rule.fast_spam_ttl,
            slow_spam_threshold=rule.slow_spam_threshold,
            slow_spam_ttl=rule.slow_spam_ttl,
            url_only=rule.url_only,
        )
        for at, rule in enumerate(rules.rules if rules is not None and rows else ())
    ]


def _flood(sections: Mapping[str, Any]) -> FloodSummary | None:
    filtered = velocity_filter(sections)
    if filtered is None or not sections.get("flood_config"):
        return None
    flood = filtered.flood
    return FloodSummary(
        identical=flood.identical, similar=flood.similar, allowlist=tuple(sorted(flood.allowlist))
    )
