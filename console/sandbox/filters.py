"""Filters as Stream's query endpoints take them (STREAM.md 4.1): which records fit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import gt, lt
from typing import Any, Generic, TypeVar

from console.sandbox.api_errors import input_error
from console.sandbox.timestamps import read_time

T = TypeVar("T")
Test = Callable[[T], bool]

MAX_DEPTH = 16
"""How deep ``$and`` and ``$or`` may nest; Stream's limit is not public (?)."""

RANGE = frozenset({"$eq", "$exists", "$gt", "$gte", "$in", "$lt", "$lte"})
TEXT = RANGE | {"$autocomplete", "$contains", "$q"}
ONLY_EQ = frozenset({"$eq"})
EQ_IN = frozenset({"$eq", "$in"})


@dataclass(slots=True, frozen=True)
class Field(Generic[T]):
    """One thing to filter by. ``kind`` is ``str``, ``bool``, ``int``, ``date``, ``list``."""

    read: Callable[[T], Any]
    kind: str = "str"
    operators: frozenset[str] = RANGE


Vocabulary = Mapping[str, Field[T]]
Custom = Callable[[str], Field[T] | None]
"""The field of a name outside of a vocabulary: something that apps add to their records."""


def compiled(
    conditions: Mapping[str, Any] | None,
    vocabulary: Vocabulary[T],
    custom: Custom[T] = lambda name: None,
    depth: int = 0,
) -> Test[T]:
    """A test that says which records fit ``conditions``, ``depth`` filters down in another one.

    Raises:
        ApiError: 400, an unknown field, an operator the field does not take, an unreadable value,
            something else than a filter where one belongs, or filters nested too deeply.
    """
    if depth > MAX_DEPTH:
        raise input_error(f"filters may be nested {MAX_DEPTH} levels deep")
    tests: list[Test[T]] = []
    for name, condition in (conditions or {}).items():
        if name in ("$and", "$or"):
            if not isinstance(condition, list) or not all(isinstance(x, dict) for x in condition):
                raise input_error(f"{name} takes a list of filters")
            parts = [compiled(one, vocabulary, custom, depth + 1) for one in condition]
            tests.append(_every(parts) if name == "$and" else _some(parts))
            continue
        found = vocabulary.get(name)
        if found is None and not name.startswith("$"):
            found = custom(name)
        if found is None:
            raise input_error(f"field {name} is not supported in filter_conditions")
        tests.append(_field_test(name, found, condition))
    return _every(tests)


def _every(tests: Sequence[Test[T]]) -> Test[T]:
    return lambda record: all(test(record) for test in tests)


def _some(tests: Sequence[Test[T]]) -> Test[T]:
    return lambda record: any(test(record) for test in tests)


def _field_test(name: str, field: Field[T], condition: Any) -> Test[T]:
    if not isinstance(condition, dict):
        condition = {"$eq": condition}
    tests = []
    for operator, operand in condition.items():
        if operator not in field.operators:
            raise input_error(f"operator {operator} is not supported for {name}")
        tests.append(_operator_test(name, field, operator, operand))
    return _every(tests)


def _operator_test(name: str, field: Field[T], operator: str, operand: Any) -> Test[T]:
    if operator == "$exists":
        if not isinstance(operand, bool):
            raise input_error(f"$exists of {name} takes true or false")
        return lambda record: _there(field.read(record)) == operand
    if operand is None and operator == "$eq":
        return lambda record: not _there(field.read(record))
    wanted = _operand(name, field.kind, operator, operand)
    compare = _COMPARE[operator]
    return lambda record: compare(field.read(record), wanted)


def _operand(name: str, kind: str, operator: str, operand: Any) -> Any:
    if operator == "$in":
        if not isinstance(operand, list):
            raise input_error(f"$in of {name} takes a list")
        return [_operand(name, kind, "$eq", one) for one in operand]
    if kind == "date":
        try:
            return read_time(operand)
        except ValueError:
            raise input_error(f"{name} is not a readable date") from None
    expected = _VALUES.get(kind)
    if expected is not None and operand is not None and type(operand) not in expected:
        raise input_error(f"{name} must be a {kind}")
    return operand


_VALUES: dict[str, tuple[type, ...]] = {"str": (str,), "bool": (bool,), "int": (int, float)}
"""What a value may be, by the kind of the field; JSON's true and false are no numbers."""


def _there(value: Any) -> bool:
    return value not in (None, "", 0.0) and value != []


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, list | set | frozenset | tuple) and not isinstance(wanted, list):
        return any(one == wanted for one in value)
    if isinstance(value, float) and isinstance(wanted, float):
        return abs(value - wanted) < 1e-6
    return bool(value == wanted)


def _compared(value: Any, wanted: Any, compare: Callable[[Any, Any], bool]) -> bool:
    try:
        return value is not None and compare(value, wanted)
    except TypeError:
        return False


def _contains(value: Any, wanted: Any) -> bool:
    if isinstance(value, str):
        return str(wanted).casefold() in value.casefold()
    if isinstance(value, dict):
        return any(one == wanted for one in value.values())
    return _same(value, wanted)


def _autocomplete(value: Any, wanted: Any) -> bool:
    start = str(wanted).casefold()
    return any(word.startswith(start) for word in str(value or "").casefold().split())


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "$eq": _same,
    "$in": lambda value, wanted: any(_same(value, one) for one in wanted),
    "$gt": lambda value, wanted: _compared(value, wanted, gt),
    "$gte": lambda value, wanted: _compared(value, wanted, gt) or _same(value, wanted),
    "$lt": lambda value, wanted: _compared(value, wanted, lt),
    "$lte": lambda value, wanted: _compared(value, wanted, lt) or _same(value, wanted),
    "$contains": _contains,
    "$q": _contains,
    "$autocomplete": _autocomplete,
}
