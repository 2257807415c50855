from random import Random

import pytest

from console.sandbox.direction.temperament import PATIENCE, Step, Temperament, Treatment, react


def steps(temperament, treatment, times=1, seed=1):
    return [reaction.step for reaction in react(temperament, treatment, times, Random(seed))]


@pytest.mark.parametrize("temperament", list(Temperament))
@pytest.mark.parametrize("treatment", list(Treatment))
@pytest.mark.parametrize("times", [1, 2, 9])
def test_everybody_takes_everything_somehow_and_soonest_first(temperament, treatment, times):
    for seed in range(20):
        reactions = react(temperament, treatment, times, Random(seed))
        assert reactions
        assert [r.after for r in reactions] == sorted(r.after for r in reactions)
        assert all(reaction.after >= 0 for reaction in reactions)
        assert all(bool(r.text) == (r.step is Step.SAY) for r in reactions)


def test_those_who_comply_fall_silent_and_some_speak_again_later():
    seen = {tuple(steps(Temperament.COMPLIES, Treatment.MUTED, seed=seed)) for seed in range(40)}
    assert seen == {(Step.HUSH,), (Step.HUSH, Step.UNMUTE)}


def test_those_who_argue_unmute_soon_and_say_so():
    assert steps(Temperament.ARGUES, Treatment.MUTED) == [Step.UNMUTE, Step.SAY]
    assert steps(Temperament.ARGUES, Treatment.KICKED) == [Step.REJOIN, Step.SAY]


def test_an_evader_comes_back_under_another_name_only_when_banned():
    assert steps(Temperament.EVADES, Treatment.BANNED) == [Step.REJOIN, Step.REJOIN_AS_ANOTHER]
    assert steps(Temperament.EVADES, Treatment.BLOCKED) == [Step.REJOIN]
    assert steps(Temperament.EVADES, Treatment.KICKED) == [Step.REJOIN]


@pytest.mark.parametrize("temperament", list(Temperament))
def test_everybody_gives_up_in_the_end(temperament):
    for treatment in (Treatment.MUTED, Treatment.KICKED, Treatment.BANNED):
        given_up = steps(temperament, treatment, PATIENCE[temperament] + 1)
        assert given_up[0] is Step.HUSH
        assert set(given_up) <= {Step.HUSH, Step.LEAVE}


def test_a_grant_and_the_end_of_a_ban_bring_people_back():
    assert steps(Temperament.COMPLIES, Treatment.GRANTED, 9) == [Step.UNMUTE, Step.SAY]
    assert steps(Temperament.COMPLIES, Treatment.UNBLOCKED, 9) == [Step.REJOIN]
    assert steps(Temperament.COMPLIES, Treatment.UNBANNED, 9) == [Step.REJOIN]


def test_the_same_dice_give_the_same_reaction():
    for treatment in Treatment:
        once = react(Temperament.SHRUGS, treatment, 1, Random(8))
        assert once == react(Temperament.SHRUGS, treatment, 1, Random(8))
