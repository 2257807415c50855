"""What may be written in a policy file, for completion: read off the schemas."""

from typing import Any, get_args

from pydantic.fields import FieldInfo

from console.domain.policy_form import KeyWords, Word
from console.policy.policy_file import PolicyTable
from console.policy.sections.registry import SECTIONS
from console.policy.sections.schema import Choice, Period, Table, fields_of, table_in
from console.protocol.lab import Vocabulary

_TRUTHS = (Word("true"), Word("false"))


def vocabulary(request_id: str) -> Vocabulary:
    """The words of policy files, without what people do not write: old names and ``rest``."""
    hidden = {"rest", *(section.name for section in SECTIONS if section.new_name)}
    tables: dict[str, tuple[KeyWords, ...]] = {}
    heads: list[Word] = []
    plain: list[KeyWords] = []
    for key, info in fields_of(PolicyTable).items():
        schema = table_in(info.annotation)
        if key in hidden:
            continue
        if schema is None:
            plain.append(_key(key, info, nested=False))
            continue
        head = f"[{key}]" if info.annotation is schema else f"[[{key}]]"
        heads.append(Word(key, info.description or "", head))
        tables |= _tables(schema, key)
    return Vocabulary(
        request_id=request_id, tables={"": tuple(plain), **tables}, heads=tuple(heads)
    )


def _tables(schema: type[Table], path: str) -> dict[str, tuple[KeyWords, ...]]:
    fields = {key: info for key, info in fields_of(schema).items() if key != "rest"}
    nested = "." in path
    found = {path: tuple(_key(key, info, nested=nested) for key, info in fields.items())}
    for key, info in fields.items():
        if (inner := table_in(info.annotation)) is not None:
            found |= _tables(inner, f"{path}.{key}")
    return found


def _key(key: str, info: FieldInfo, *, nested: bool) -> KeyWords:
    choice = next((each for each in info.metadata if isinstance(each, Choice)), Choice())
    values = tuple(word for word in choice.words if word.name)
    if info.annotation is bool:
        values = _TRUTHS
    insert = f"{key} = {_value(info, nested=nested)}"
    return KeyWords(
        word=Word(key, info.description or "", insert),
        values=values,
        names_of=choice.names_of,
        quoted=info.annotation is not bool,
    )


def _value(info: FieldInfo, *, nested: bool) -> str:
    """What is written for a key: ``|`` where its value goes."""
    kind: Any = info.annotation
    if kind in (bool, int) or (kind is float and get_args(Period)[1] not in info.metadata):
        return ""
    if table_in(kind) is not None and kind is not table_in(kind):
        return "[{ | }]" if nested else "[\n  { | },\n]"
    if (isinstance(kind, type) and issubclass(kind, str)) or kind is float:
        return '"|"'
    if type(None) in get_args(kind):
        return ""
    return '["|"]' if getattr(kind, "__origin__", None) is tuple else "{ | }"
