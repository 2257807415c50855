"""What may be written in a policy file, for completion."""

from console.domain.verdict import Severity
from console.policy.model import ListType
from console.policy.policy_file import PolicyTable
from console.policy.sections.registry import SECTION_NAMES
from console.policy.sections.schema import Table, fields_of, table_in
from console.policy.sections.words import ACTIONS, KEYS, names
from console.protocol.lab import Vocabulary


def vocabulary(request_id: str) -> Vocabulary:
    """The words of policy files."""
    values = {
        "action": names(ACTIONS),
        "type": tuple(each.value for each in ListType),
        "severity": tuple(each.value for each in Severity),
        "key": names(KEYS),
    }
    tables = ("[[blocklists]]", "[[semantic_filters]]", "[block_list_config]")
    heads = (*tables, *(f"[{name}]" for name in SECTION_NAMES))
    return Vocabulary(request_id, _keys(PolicyTable, ""), values, heads)


def _keys(schema: type[Table], path: str) -> dict[str, tuple[str, ...]]:
    fields = fields_of(schema)
    found = {path: tuple(fields)}
    for key, info in fields.items():
        if (inner := table_in(info.annotation)) is not None:
            found |= _keys(inner, f"{path}.{key}" if path else key)
    return found
