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


@pytest.mark.parametrize(
    "text",
    [
        "meet at 9.30pm",
        "meet at 9.30.pm or 5.am",
        "on 104.6.fm tonight",
        "from 10 a.m.to noon, in the U.S.is fine",
        "it is 3.14rad and 2.5kg, v1.45s",
        "we use Node.js and Vue.js",
        "open map.xml, index.html and photo.jpg please",
        "read notes.md and README.md",
        "run setup.py, then deploy.sh",
        "unpack photos.zip, then play clip.mov",
        "console.log and System.out are here",
        "self.name is set",
        "ASP.NET and VB.NET, also Paint.NET",
        "e.g.this or i.e.that",
        "well.but no",
        "ok.so we begin",
        "yes.it is",
        "tell.me more",
        "this.is fine",
        "late budget.it was never done",
        "Dr.no and Mr.is",
        "costs 3.50 or 1.000,50",
        "z.B.in Ulm",
    ],
)
def test_times_files_and_abbreviations_are_no_links(text):
    assert found(text, ListType.DOMAIN_ALLOWLIST, "wikipedia.org") == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("come to bad.biz", "bad.biz"),
        ("t.me/joinchat", "t.me"),
        ("find me at t.me", "t.me"),
        ("youtu.be/xyz is mine", "youtu.be"),
        ("CHEAPPILLS.NET has it", "CHEAPPILLS.NET"),
        ("visit shop.it to buy", "shop.it"),
        ("buy-pills.shop!", "buy-pills.shop"),
        ("https://notes.md", "notes.md"),
        ("www.script.sh", "www.script.sh"),
        ("notes.md/abc", "notes.md"),
        ("пример.рф", "пример.рф"),
        ("163.com", "163.com"),
        ("allegro.pl i inne", "allegro.pl"),
        ("http://intranet.corp/x", "intranet.corp"),
        ("bad.co.uk:8080", "bad.co.uk"),
    ],
)
def test_links_are_links(text, passage):
    assert found(text, ListType.DOMAIN_ALLOWLIST, "wikipedia.org") == [passage]


def test_a_listed_name_is_found_whatever_it_looks_like():
    assert found("read notes.md", ListType.DOMAIN, "notes.md") == ["notes.md"]
    assert found("at abc.onion now", ListType.DOMAIN, "abc.onion") == ["abc.onion"]


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
