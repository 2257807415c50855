"""What is in force, who wants it, and what a lift undoes."""

import pytest
from msgspec.structs import replace

from console.domain.act import Act
from console.domain.lifting import act_on, as_undo, claims_of, ended_by, lifting_kind, running
from console.domain.sanction import Claim, Form, Keeper, Sanction, ends_soon
from console.domain.sanctions_in_force import MAX_CLAIMS, SanctionsInForce

CID = "default:one"


def block(**claim):
    return Sanction(form=Form.BLOCKED, user_id="ann", cid=CID, claims=(Claim(**claim),))


@pytest.fixture
def in_force():
    return SanctionsInForce()


def the_one(in_force):
    (sanction,) = in_force
    return sanction


def test_it_stands_while_one_claim_does(in_force):
    assert in_force.claim(block(act_id="a", by="me"))
    assert in_force.claim(block(by="bea"))
    assert in_force.release(the_one(in_force), "a")
    assert [claim.by for claim in the_one(in_force).claims] == ["bea"]
    assert not in_force.release(the_one(in_force), "")
    assert in_force.lifted(the_one(in_force).sanction_id)
    assert len(in_force) == 0


def test_an_act_claims_once_and_a_colleague_s_later_claim_replaces_their_earlier(in_force):
    assert in_force.claim(block(act_id="a"))
    assert not in_force.claim(block(act_id="a"))
    in_force.claim(block(by="bea", since=1.0))
    in_force.claim(block(by="bea", since=2.0))
    assert [(c.act_id, c.since) for c in the_one(in_force).claims] == [("a", 0.0), ("", 2.0)]


def test_claims_have_a_bound(in_force):
    for number in range(MAX_CLAIMS + 5):
        in_force.claim(block(act_id=f"a{number}"))
    assert len(the_one(in_force).claims) == MAX_CLAIMS
    assert the_one(in_force).newest.act_id == f"a{MAX_CLAIMS + 4}"


def test_stream_keeps_only_the_newest_ban(in_force):
    ban = Sanction(form=Form.BANNED, user_id="ann", claims=(Claim(act_id="a", until=5.0),))
    in_force.claim(ban)
    in_force.claim(replace(ban, claims=(Claim(by="bea"),)), alone=True)
    assert the_one(in_force).until == 0.0
    assert [claim.by for claim in the_one(in_force).claims] == ["bea"]


def test_changes_are_told_once(in_force):
    in_force.claim(block(act_id="a"))
    key = the_one(in_force).sanction_id
    assert [s.sanction_id for s in in_force.take_changes().changed] == [key]
    assert not in_force.take_changes().changed
    in_force.lifted(key)
    assert in_force.take_changes().gone == (key,)
    in_force.claim(block(act_id="b"))
    in_force.lifted(key)
    in_force.claim(block(act_id="c"))
    changes = in_force.take_changes()
    assert ([s.newest.act_id for s in changes.changed], changes.gone) == (["c"], ())


def test_it_ends_with_its_last_claim_and_never_where_one_has_no_end():
    both = replace(block(), claims=(Claim(until=50.0), Claim(until=90.0)))
    assert both.until == 90.0
    assert replace(both, claims=(*both.claims, Claim())).until == 0.0


@pytest.mark.parametrize(
    ("lasts", "left", "soon"),
    [(600, 61, False), (600, 60, True), (86_400, 601, False), (86_400, 600, True), (30, 30, True)],
)
def test_the_last_tenth_is_soon_but_a_minute_at_least_and_ten_at_most(lasts, left, soon):
    sanction = block(since=1_000.0, until=1_000.0 + lasts, keeper=Keeper.ENGINE)
    assert ends_soon(sanction, sanction.until - left) is soon
    assert not ends_soon(block(since=1.0), 5.0)


def act(kind, **more):
    return Act(
        act_id="a", kind=kind, cid=CID, requested_at=0.0, user_ids=("ann",), names=("Ann",), **more
    )


@pytest.mark.parametrize(
    ("wanted", "form", "cid", "what", "keeper", "until"),
    [
        (act("block_for", minutes=2), Form.BLOCKED, CID, "", Keeper.ENGINE, 220.0),
        (act("block"), Form.BLOCKED, CID, "", Keeper.NOBODY, 0.0),
        (act("keep_muted", minutes=1), Form.REVOKED, CID, "send-audio", Keeper.ENGINE, 160.0),
        (act("revoke_video"), Form.REVOKED, CID, "send-video", Keeper.NOBODY, 0.0),
        (act("ban", minutes=1), Form.BANNED, "", "", Keeper.STREAM, 160.0),
        (act("mute_audio"), Form.MUTED, CID, "", Keeper.NOBODY, 0.0),
    ],
)
def test_what_an_act_sets(wanted, form, cid, what, keeper, until):
    ((sanction, new),) = claims_of(wanted, {}, 100.0)
    assert (sanction.form, sanction.cid, sanction.what, new) == (form, cid, what, True)
    assert (sanction.newest.keeper, sanction.until) == (keeper, until)
    assert sanction.sticky is (wanted.kind == "keep_muted")


@pytest.mark.parametrize("kind", ["kick", "unblock", "grant_audio", "end_call", "warn"])
def test_what_sets_nothing_that_lasts(kind):
    assert claims_of(act(kind), {}, 100.0) == []


def test_what_was_so_before_is_told_apart():
    ((_, new),) = claims_of(act("block_for", minutes=2), {"ann": ()}, 100.0)
    assert not new
    ((_, new),) = claims_of(act("keep_muted"), {"ann": ("send-audio",)}, 100.0)
    assert new


def test_a_lift_touches_one_person_and_one_state():
    (sanction, _), *_ = claims_of(act("keep_muted"), {}, 100.0)
    assert lifting_kind(sanction) == "grant_audio"
    lift = act_on(sanction, "grant_audio", act_id="l", at=5.0, by="clock", reason="Over.")
    assert (lift.user_ids, lift.cid, lift.undo_of) == (("ann",), CID, "")
    assert as_undo(lift, act("keep_muted")).undo_of == "a"
    assert ended_by(lift) == [(Form.REVOKED, CID, "ann", "send-audio")]
    assert running(sanction) == sanction.newest
