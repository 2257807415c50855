"""What judged the lines of a demo, and what not, in the keys that scripts depend on. Pure."""

from collections.abc import Mapping
from typing import Any

from console.domain.stage_words import short_reason
from console.ui.state.not_judged import NotJudged

UNKNOWN = "not known"


def judged_figures(judged: NotJudged) -> Mapping[str, Any]:
    """The key ``judged_by`` of the summary: lines with a verdict that stands, by what looked."""
    return {
        "lines": judged.lines,
        "stages": dict(sorted(judged.stages.items())),
        "languages": {name or UNKNOWN: n for name, n in judged.languages.most_common()},
        "not_judged_for_meaning": judged.why.total(),
        "why_not": {short_reason(gap): n for gap, n in judged.why.most_common() if n},
    }
