import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.matchers.addresses import AddressMatcher, addresses, entry_key
from console.policy.model import Blocklist, ListType


def found(text, kind, *words):
    hits = AddressMatcher([(0, Blocklist(name="x", type=kind, words=words))]).find(text)
    return [text[hit.start : hit.end] for hit in sorted(hits, key=lambda hit: hit.start)]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("go to evil.com now", "evil.com"),
        ("https://www.EVIL.com/path?x=1", "www.EVIL.com"),
        ("sub.evil.com.", "sub.evil.com"),
        ("visit evil dot com", "evil dot com"),
        ("Evil Dot Com", "Evil Dot Com"),
    ],
)
def test_a_domain_and_what_is_below_it(text, passage):
    assert found(text, ListType.DOMAIN, "evil.com") == [passage]


@pytest.mark.parametrize(
    "text", ["notevil.com", "evil.com.example.org", "evil. Come in", "bob@evil.com", "e.g. this"]
)
def test_other_domains_are_left_alone(text):
    assert found(text, ListType.DOMAIN, "evil.com") == []


def test_an_allow_list_objects_to_every_other_domain():
    text = "see en.wikipedia.org and bad.biz, it costs 3.50 or v1.2.3"
    assert found(text, ListType.DOMAIN_ALLOWLIST, "wikipedia.org") == ["bad.biz"]


@pytest.mark.parametrize("text", ["all is well.But then", "North St.James Town", "L.A.Sagaram"])
def test_where_a_sentence_or_name_ends_without_a_space_is_no_domain(text):
    assert found(text, ListType.DOMAIN_ALLOWLIST, "wikipedia.org") == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("see Bad.Com", "Bad.Com"),
        ("see BAD.PIZZA", "BAD.PIZZA"),
        ("see bad.pizza", "bad.pizza"),
        ("see http://bad.Pizza", "bad.Pizza"),
        ("see bad.Pizza/menu", "bad.Pizza"),
        ("see www.Bad.pizza", "www.Bad.pizza"),
    ],
)
def test_a_domain_is_one_however_it_is_written(text, passage):
    assert found(text, ListType.DOMAIN_ALLOWLIST, "wikipedia.org") == [passage]


def test_a_listed_domain_is_found_even_where_a_sentence_may_end():
    assert found("see Bit.Ly", ListType.DOMAIN, "bit.ly") == ["Bit.Ly"]


def test_email_lists_name_mailboxes_or_domains():
    text = "bob@evil.com, al@good.com and eve@sub.bad.org"
    assert found(text, ListType.EMAIL, "bob@evil.com", "@bad.org") == [
        "bob@evil.com",
        "eve@sub.bad.org",
    ]
    assert found(text, ListType.EMAIL_ALLOWLIST, "*@good.com") == [
        "bob@evil.com",
        "eve@sub.bad.org",
    ]


def test_a_spoken_address_is_a_mailbox_and_a_domain():
    text = "write to bob at evil dot com"
    assert found(text, ListType.EMAIL, "bob@evil.com") == ["bob at evil dot com"]
    assert found(text, ListType.DOMAIN, "evil.com") == ["evil dot com"]


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("https://WWW.Evil.com/x", "evil.com"),
        ("*.evil.com", "evil.com"),
        ("@evil.com", "evil.com"),
        ("*@evil.com", "evil.com"),
        ("Bob@Evil.com", "bob@evil.com"),
    ],
)
def test_entries_are_compared_without_trimmings(entry, key):
    assert entry_key(entry) == key


@given(st.text(alphabet="ab.@-1 dotcm_é", max_size=60))
def test_addresses_lie_in_the_text(text):
    for address in addresses(text):
        assert 0 <= address.start < address.end <= len(text)
        assert address.host == address.host.casefold()
