import pytest

from console.domain.acts.spec import Reversal, Weight
from console.domain.acts.table import ACTS, spec_of
from console.ui.state.armed import Armed, armed_sentence, armed_words, arms_first
from console.ui.state.targets import Target

DORIAN = Target(cid="default:hall", user_id="dorian", name="Dorian")
EVE = Target(cid="default:hall", user_id="eve", name="Eve")


@pytest.mark.parametrize("kind", ["kick", "block"])
def test_a_key_arms_what_puts_somebody_out_and_a_click_on_its_name_does_it(kind):
    assert arms_first(spec_of(kind), 1, pointed=False)
    assert not arms_first(spec_of(kind), 1, pointed=True)
    assert arms_first(spec_of(kind), 2, pointed=True)


@pytest.mark.parametrize("kind", ["end_call", "deactivate_user", "mute_everyone_audio"])
@pytest.mark.parametrize("pointed", [True, False])
def test_what_hits_everybody_or_shuts_an_account_is_always_armed(kind, pointed):
    assert arms_first(spec_of(kind), 1, pointed=pointed)


@pytest.mark.parametrize("kind", ["mute_audio", "revoke_audio", "grant_video", "accept_request"])
def test_mutes_and_what_can_be_taken_back_stay_one_key(kind):
    assert not arms_first(spec_of(kind), 1, pointed=False)


def test_several_people_are_one_press_only_where_one_undo_puts_all_back():
    assert not arms_first(spec_of("revoke_audio"), 10, pointed=False)
    assert arms_first(spec_of("revoke_audio"), 11, pointed=False)
    assert arms_first(spec_of("unban"), 2, pointed=True)
    assert arms_first(spec_of("refuse_request"), 2, pointed=True)


def test_every_severe_act_without_a_way_back_waits_for_a_second_press():
    light = [
        spec.kind
        for spec in ACTS
        if spec.severe and spec.reversal is not Reversal.EXACT and spec.weight is Weight.LIGHT
    ]
    assert light == []


@pytest.mark.parametrize("spec", ACTS, ids=lambda spec: spec.kind)
def test_what_can_be_taken_back_is_known_before_the_act(spec):
    taken_back = spec.reversal in (Reversal.EXACT, Reversal.PARTLY)
    assert taken_back == (spec.undo is not None)
    assert (spec.reversal is Reversal.THEIRS) == spec.mutes


def test_it_says_whom_it_would_hit_and_what_to_press(make):
    words, consequence = armed_words(spec_of("kick"), (DORIAN,), make.call())
    assert consequence.endswith("they can come back at once. No undo.")
    armed = Armed(wish=("kick",), words=words, title="Kick")
    assert armed_sentence(armed, "X", 0.0) == "Kick Dorian: X again; Esc stops"
    assert armed_sentence(armed, "", 0.0) == "Kick Dorian: Kick again; Esc stops"
    held = Armed(wish=("kick",), words=words, title="Kick", due=103.0)
    assert armed_sentence(held, "X", 100.2) == "Kick Dorian in 3 s; Esc stops"


def test_a_whole_call_is_named_with_what_it_costs(make):
    everyone = Target(cid="default:hall", call_name="Town hall")
    words, consequence = armed_words(spec_of("end_call"), (everyone,), make.call(people=214))
    assert words == "End call in Town hall (214 people)"
    assert consequence == "Ends the call for 214 people. No undo."


def test_hostile_names_stay_in_their_line(make):
    evil = Target(cid="default:hall", user_id="e", name="Eve\u202e\nBob")
    words, _ = armed_words(spec_of("block"), (evil, EVE), make.call())
    assert "\n" not in words
    assert "\u202e" not in words
