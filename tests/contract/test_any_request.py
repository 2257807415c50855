"""Requests as nobody should send them: each is answered, none with an error of our own."""

import json
import sys
from importlib import import_module
from inspect import get_annotations
from pkgutil import iter_modules

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields

from console.sandbox import fidelity, routes
from console.sandbox.routes.table import OPERATIONS

_QUERIES = [
    ("POST", "/video/calls", "filter_conditions"),
    ("POST", "/video/call/members", "filter_conditions"),
    ("POST", "/video/call/default/talk/participants", "filter_conditions"),
    ("POST", "/video/call/stats", "filter_conditions"),
    ("POST", "/video/call/feedback", "filter_conditions"),
    ("GET", "/api/v2/users", "filter_conditions"),
    ("GET", "/api/v2/chat/query_banned_users", "filter_conditions"),
    ("POST", "/api/v2/chat/channels", "filter_conditions"),
    ("POST", "/api/v2/moderation/review_queue", "filter"),
    ("POST", "/api/v2/moderation/configs", "filter"),
    ("POST", "/api/v2/moderation/appeals", "filter"),
    ("POST", "/api/v2/moderation/flags", "filter"),
    ("POST", "/api/v2/moderation/logs", "filter"),
    ("POST", "/api/v2/moderation/moderation_rules", "filter"),
]
_NAMES = "cid id user_id name created_at starts_at reason status label date_range custom.seat seat"
_OPERATORS = "$and $or $nor $eq $in $gt $lte $exists $contains $autocomplete $q"

_leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        ("ana", "default:talk", "2030-01-01T00:00:00Z", "1_2", "9999-12-31T23:59:59Z")
    )
)


def _trees(keys):
    return st.recursive(
        _leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=8,
    )


_filters = st.dictionaries(
    st.sampled_from((*_NAMES.split(), *_OPERATORS.split())),
    _trees(st.sampled_from((*_NAMES.split(), *_OPERATORS.split())) | st.text(max_size=4)),
    min_size=1,
    max_size=2,
)


def _body(kind):
    return isinstance(kind, type) and issubclass(kind, Struct) and kind is not Struct


_MODULES = [
    import_module(found.name)
    for package in (routes, fidelity)
    for found in iter_modules(package.__path__, package.__name__ + ".")
]
_FIELD_NAMES = sorted(
    {
        each.name
        for module in _MODULES
        for kind in vars(module).values()
        if _body(kind)
        for each in fields(kind)
    }
)
_values = _trees(st.sampled_from(_FIELD_NAMES)) | st.lists(
    st.dictionaries(st.sampled_from(_FIELD_NAMES), _leaves, max_size=4), max_size=2
)


@st.composite
def _requests(draw):
    """An operation and a body with its own fields, or with those of others."""
    operation = draw(st.sampled_from(OPERATIONS))
    _, *kinds, _ = get_annotations(operation.handle).values()
    structs = [kind for kind in kinds if isinstance(kind, type)]
    beside = [
        each for each in vars(sys.modules[operation.handle.__module__]).values() if _body(each)
    ]
    structs = structs or [draw(st.sampled_from(beside))] if beside else []
    if not structs:
        return operation, draw(st.dictionaries(st.sampled_from(_FIELD_NAMES), _values, max_size=5))
    own = fields(structs[0])
    chosen = [each for each in own if each.required or draw(st.booleans())]
    return operation, {each.name: draw(_likely(draw, each.type)) for each in chosen}


def _likely(draw, kind):
    """Mostly what fits the type ``kind``."""
    if draw(st.integers(0, 15)):
        for name, fitting in _FITTING:
            if name in str(kind):
                return fitting
    return _values


_texts = st.sampled_from(("ana", "bo", "default:talk", "flag", "ban", "x")) | st.text(max_size=5)
_documents = st.dictionaries(st.sampled_from(_FIELD_NAMES), _values, max_size=4)
_FITTING = (
    ("list[str]", st.lists(_texts, max_size=2)),
    ("list", st.lists(_documents, max_size=2)),
    ("dict[str", st.dictionaries(_texts, _documents | _values, max_size=3) | _documents),
    ("str", _texts),
    ("bool", st.booleans()),
    ("int", st.integers(-5, 200) | st.integers()),
)
_shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def sandbox(sandbox):
    """Without limits of requests, which hundreds of examples would meet."""
    sandbox.limits.limits, sandbox.limits.default = {}, 10**9
    return sandbox


async def _answer(sandbox, method, path, body):
    query = {"id": "talk", "type": "default"} | body if path.endswith("members") else body
    sent = {"query": {"payload": json.dumps(query)}} if method == "GET" else {"body": query}
    return await sandbox.ask(method, path, token=sandbox.keys.server_token(), **sent)


@pytest.mark.parametrize(("method", "path", "name"), _QUERIES)
@_shared
@given(_filters)
@example({"$and": ["x"]})
@example({"$or": [[]]})
@example({"$and": [None]})
@example({"created_at": {"$gt": 10**400}})
@example({"created_at": {"$lt": "0001-01-01T00:00:00+14:00"}})
@example({"id": {"$in": [{}]}})
async def test_a_filter_is_understood_or_refused(sandbox, method, path, name, conditions):
    answer = await _answer(sandbox, method, path, {name: conditions})
    assert answer.status_code in (200, 201, 400), answer.text


@pytest.mark.parametrize(("method", "path", "name"), _QUERIES)
async def test_a_filter_nested_for_ever_is_refused(sandbox, method, path, name):
    deep = '{"$and": [' * 1500 + "]}" * 1500
    text = f'{{"id": "talk", "type": "default", "{name}": {deep}}}'
    if method == "GET":
        answer = await sandbox.ask(
            method, path, token=sandbox.keys.server_token(), query={"payload": text}
        )
    else:
        answer = await sandbox.ask(
            method, path, token=sandbox.keys.server_token(), content=text.encode()
        )
    assert (answer.status_code, answer.json()["code"]) == (400, 4)


@_shared
@given(_requests(), st.booleans())
async def test_any_body_is_answered(sandbox, request_, by_server):
    operation, body = request_
    _let_talk(sandbox.world)
    root = {"video": "/video", "v2": "/api/v2", "chat": "/api/v2/chat", "both": "/video"}
    path = root[operation.family] + operation.path.format_map(_Path())
    token = sandbox.keys.server_token() if by_server else sandbox.keys.user_token("moderator")
    answer = await sandbox.ask(operation.method, path, token=token, body=body)
    assert answer.status_code < 500, (operation.name, answer.text)
    # Nothing that was taken in may break what is asked next.
    for method, asked in (("GET", "/api/v2/users"), ("POST", "/video/calls")):
        answer = await sandbox.ask(method, asked, token=sandbox.keys.server_token())
        assert answer.status_code < 300, (operation.name, answer.text)


def _let_talk(world):
    """Begin the talk anew that an earlier example ended or deleted."""
    call = world.state.calls.get("default:talk")
    if call is None or call.deleted_at or call.running is None:
        world.state.calls.pop("default:talk", None)
        world.add_user("ana").deactivated_at = None
        world.control.create("default", "talk", created_by="ana")
        world.attendance.join("default:talk", "ana")


class _Path(dict[str, str]):
    """A value for each part of a path; those of the talk that is there."""

    def __missing__(self, name: str) -> str:
        known = {"type": "default", "id": "talk", "user_id": "bo", "recording_type": "raw"}
        return known.get(name, "x")
