import pytest

from console.domain.call import Participant
from console.domain.impersonation import (
    NOBODY,
    SHUT_OUT,
    Host,
    HostNames,
    hosts_among,
    is_same_name,
)

OLIVE = Host("Olive Marsh", "host")
NAMES = HostNames({"olive": OLIVE, "al": Host("Al", "moderator")}, ("Support",))


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("Olive Marsh", OLIVE),
        ("0live  MARSH", OLIVE),
        ("Оlive Marsh", OLIVE),
        ("Olive\u200b Marsh", OLIVE),
        ("Olive Marsh (official)", OLIVE),
        ("The real Olive-Marsh", OLIVE),
        ("Olive Marshall", NOBODY),
        ("Marsh Olive", NOBODY),
        ("Olive", NOBODY),
        ("Al", NOBODY),
        ("Stream Support", Host("Support")),
        ("Supporter", NOBODY),
        ("", NOBODY),
    ],
)
def test_whom_somebody_can_be_taken_for(name, host):
    assert NAMES.like("zoe", name) == host


def test_nobody_takes_their_own_name_nor_does_another_host():
    assert NAMES.like("olive", "Olive Marsh") == NOBODY
    assert NAMES.like("al", "Olive Marsh") == NOBODY


def test_hosts_are_known_by_their_role():
    people = [
        Participant(cid="a:b", user_id=role, user_session_id="1", name=role, role=role)
        for role in ("host", "moderator", "user", "")
    ]
    assert hosts_among(people) == {
        "host": Host("host", "host"),
        "moderator": Host("moderator", "moderator"),
    }


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Aoife Castillo", True),
        ("AOIFE  castillo ", True),
        ("Eoife Castillo", False),
        ("Aoife Casti11o", False),
        ("Aoife\u200b Castillo", False),
        ("Аoife Castillo", False),
        ("Aoife Castillo (host)", False),
    ],
)
def test_one_name_to_the_letter_is_told_from_what_passes_for_it(name, same):
    assert is_same_name(name, "Aoife Castillo") is same


def test_how_an_accent_is_coded_does_not_count():
    assert is_same_name("Zoe\u0301 Marsh", "Zoé Marsh")
    assert not is_same_name("Zoe Marsh", "Zoé Marsh")


def test_who_has_the_name_of_somebody_shut_out_may_be_them():
    names = HostNames(
        {"olive": OLIVE}, (), [("gus", "Gus Pike"), ("al", "Al"), ("o", "Olive Marsh")]
    )
    assert names.like("gus2", "GUS  P1ke") == Host("Gus Pike", SHUT_OUT)
    assert names.like("gus", "Gus Pike") == NOBODY, "it is their own"
    assert names.like("al2", "Al") == NOBODY, "too short to mean anything"
    assert names.like("zoe", "Olive Marsh") == OLIVE, "a host goes first"
    assert names.like("zoe", "The real Gus Pike") == NOBODY
