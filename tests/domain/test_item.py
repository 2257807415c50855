"""Items: what they are identified by, and what they hold as text."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.domain.item import Body, Picture, Text, identify

PARTS = st.lists(st.text(st.characters(exclude_characters="\x1f", codec="utf-8")), min_size=1)


@given(PARTS, PARTS)
def test_other_parts_are_another_identity_and_the_same_parts_the_same(parts, others):
    assert (identify("u", *parts) == identify("u", *others)) is (parts == others)


@given(PARTS)
def test_kinds_never_share_an_identity_and_it_fits_where_stream_limits_ids(parts):
    found = {identify(prefix, *parts) for prefix in ("u", "m", "f")}
    assert len(found) == 3
    assert all(len(identity) == 25 and identity.isalnum() for identity in found)


def test_the_identity_of_a_caption_is_what_earlier_versions_kept():
    known = identify("u", "default:a", "u", "1700000000000000001", "en")
    assert known == "u58d1d14e55263b5ece9a215d"


@given(st.text(st.characters(codec="utf-8")))
def test_a_body_comes_back_exactly(text):
    for body in (Text(text), Picture(text)):
        assert msgspec.json.decode(msgspec.json.encode(body), type=Body) == body
