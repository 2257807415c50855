from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.policy.stream_config import without_defaults


def test_what_says_nothing_is_left_out():
    said: dict[str, Any] = {
        "a": None,
        "b": False,
        "c": "",
        "d": [],
        "e": {"f": {}},
        "g": 0,
        "enabled": False,
    }
    assert without_defaults(said) == {"g": 0, "enabled": False}
    assert without_defaults({"rules": [{"x": None}, {"y": 1, "z": []}]}) == {
        "rules": [{}, {"y": 1}]
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=2),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["enabled", "a", "b"]), inner)
        ),
    )
)
def test_twice_is_as_good_as_once(value):
    assert without_defaults(without_defaults(value)) == without_defaults(value)
