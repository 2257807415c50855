"""What holds of every section, so that a further one needs no test of its own for it."""

import pytest

from console.domain.local_models import NO_MODELS
from console.policy.model import Policy
from console.policy.policy_file import PolicyTable
from console.policy.sections.registry import SECTION_NAMES, SECTIONS, find_section
from console.policy.sections.schema import Table, fields_of, lenient, problems, table_in


def tables(schema: type[Table], path: str = "") -> dict[str, type[Table]]:
    """Every table of a policy by its path."""
    found = {path: schema}
    for key, info in fields_of(schema).items():
        if (inner := table_in(info.annotation)) is not None:
            found |= tables(inner, f"{path}.{key}" if path else key)
    return found


TABLES = tables(PolicyTable)


def test_no_section_stands_twice():
    assert len(set(SECTION_NAMES)) == len(SECTIONS)
    assert {find_section(name) for name in SECTION_NAMES} == set(SECTIONS)
    assert find_section("from_the_future") is None


@pytest.mark.parametrize("section", SECTIONS, ids=SECTION_NAMES)
def test_an_empty_section_is_right_and_says_nothing(section):
    assert problems(section.schema, {}) == ()
    assert lenient(section.schema, {}) == section.schema()
    policy = Policy(key="chat", sections={section.name: {}})
    matcher = section.matcher(policy, NO_MODELS)
    assert matcher is None or (matcher.find("any text") == [] and not matcher.asks_model)
    assert not section.wants_models(policy)
    assert tuple(section.rule_names(policy, NO_MODELS)) == ()


@pytest.mark.parametrize("path", TABLES)
def test_a_key_with_one_letter_wrong_is_named_with_the_right_one(path):
    schema = TABLES[path]
    for key in fields_of(schema):
        if len(key) > 5:
            wrong = key[:2] + key[3:]
            said = dict(problems(schema, {wrong: 1}))
            assert said[(wrong,)].startswith("is unknown; did you mean “")


@pytest.mark.parametrize("path", TABLES)
def test_a_value_of_the_wrong_kind_is_an_error_and_passed_over_leniently(path):
    schema = TABLES[path]
    right = {
        key: "x" if key in ("name", "label") else []
        for key, info in fields_of(schema).items()
        if info.is_required()
    }
    for key, info in fields_of(schema).items():
        if str(info.annotation) == "typing.Any":
            continue
        found = problems(schema, {**right, key: object()}, ("at",))
        assert any(where[:2] == ("at", key) for where, _ in found), key
        if not right:
            assert lenient(schema, {key: object()}) == schema()
