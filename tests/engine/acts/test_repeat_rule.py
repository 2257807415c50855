"""Every family says whether its acts may be done again, and the page says the same."""

from pathlib import Path

import pytest

from console.domain.acts.table import ACTS
from console.engine.acts.families.registry import FAMILIES, family_of

PAGE = Path(__file__).parents[3] / "docs" / "ARCHITECTURE.md"
HEADING = "## May an act be done again"


def table() -> dict[str, tuple[str, ...]]:
    """The rows of the page's table, by family."""
    part = PAGE.read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in part.splitlines()
        if line.startswith("| `")
    ]
    return {row[0].strip("`"): row[1:] for row in rows}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: type(family).__name__)
def test_the_page_tells_the_rule_of_each_family(family):
    rule = family.repeat

    told = table()[type(family).__name__]

    assert told == (rule.harm or "harmless", rule.looked_at, rule.not_done, rule.unseen)


def test_no_row_of_the_page_is_about_a_family_that_is_gone():
    assert set(table()) == {type(family).__name__ for family in FAMILIES}


def test_every_kind_has_a_family_with_a_sentence_for_what_cannot_be_seen():
    for spec in ACTS:
        assert family_of(spec.kind).repeat.unseen.endswith(".")
