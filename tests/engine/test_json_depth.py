"""What nests too deep is taken out of JSON before it is decoded, and nothing else is touched."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.engine.wire.json_depth import made_shallow

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('ab[]{}"\\,:\u00e9', max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text('ab[]{}"\\', max_size=4), inner, max_size=3)
    ),
    max_leaves=30,
)


def shallow(value, most, depth=1):
    """What is right, by walking the value."""
    if isinstance(value, dict | list) and depth > most:
        return None
    if isinstance(value, dict):
        return {key: shallow(inner, most, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [shallow(inner, most, depth + 1) for inner in value]
    return value


@given(JSON, st.integers(1, 5), st.booleans())
def test_only_what_is_too_deep_becomes_null(value, most, spaced):
    text = json.dumps(value, indent=1 if spaced else None).encode()
    made, cut = made_shallow(text, most)
    assert json.loads(made) == shallow(value, most)
    assert (cut == 0) == (made == text)


@given(st.binary() | st.text('[]{}"\\a,:').map(str.encode), st.integers(1, 5))
def test_no_bytes_ever_raise(untrusted, most):
    made, cut = made_shallow(untrusted, most)
    assert cut or made == untrusted


@pytest.mark.parametrize(("opening", "closing"), [(b'{"a":', b"}"), (b"[", b"]")])
def test_a_hundred_thousand_levels_are_one_null(opening, closing):
    deep = b'{"name":"Round table","custom":%b1%b}' % (opening * 100_000, closing * 100_000)
    made, cut = made_shallow(deep)
    assert json.loads(made)["name"] == "Round table"
    assert cut == 1
    assert len(made) < 1000


def test_what_never_ends_is_cut_to_what_no_decoder_takes():
    made, cut = made_shallow(b"[" * 1_000_000)
    assert (len(made) < 100, cut) == (True, 1)
    with pytest.raises(json.JSONDecodeError):
        json.loads(made)
