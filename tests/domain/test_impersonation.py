import pytest

from console.domain.call import Participant
from console.domain.impersonation import NOBODY, Host, HostNames, hosts_among

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
