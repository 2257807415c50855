import pytest

from console.base.errors import WorldError
from console.sandbox.direction.scenario import Scenario
from console.sandbox.direction.scenario_check import contradictions


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[users]]\nid = "ann"\nname = "Ann"', "users: ann is there twice"),
        (
            '[[users]]\nid = "x"\nname = "X"\ntemperament = "odd"',
            "users[4].temperament: Invalid enum value 'odd'",
        ),
        (
            '[[casts]]\nid = "c"\ncount = 1\nnames = "none"',
            "casts[0].names: none is not known here",
        ),
        (
            '[[casts]]\nid = "c"\ncount = 0\nnames = "none"',
            "casts[0].count: Expected `int` >= 1",
        ),
        (
            '[[calls]]\nid = "b"\nname = "B"\npeople = ["zed"]',
            "calls[1].people: zed is not known here",
        ),
        ('[[calls]]\nid = "b"\nname = "B"', "calls[1]: Object missing required field `people`"),
        (
            '[[calls]]\nid = "b"\nname = "B"\npeople = ["ann"]\ncaptions = "on"',
            "calls[1].captions: Invalid enum value 'on'",
        ),
        (
            '[[lines]]\nat = 1.0\ncall = "hall"\nwho = "ann"\ntext = "x"',
            "lines[0].call: hall is not known here",
        ),
        (
            '[[lines]]\nat = 1.0\ncall = "room"\nwho = "ann"\ntext = ""',
            "lines[0].text: Expected `str` of length >= 1",
        ),
        (
            '[[events]]\nat = 1.0\ncall = "room"\nkind = "report"\nwho = ["ann"]\nthen = ["zed"]',
            "events[0].then: zed is not known here",
        ),
        (
            '[[chatter]]\ncall = "room"\npools = ["p"]\nevery = [1.0, 2.0]',
            "chatter[0].pools: p is not known here",
        ),
        (
            '[[chatter]]\ncall = "room"\npools = []\nevery = [1.0, 2.0]',
            "chatter[0].pools: Expected `array` of length >= 1",
        ),
        (
            '[[chatter]]\ncall = "room"\npools = ["p"]\nevery = [3.0, 2.0]',
            "chatter[0].every: is no span of seconds",
        ),
        (
            '[[pools]]\nid = "p"\nlines = [""]',
            "pools[0].lines[0]: Expected `str` of length >= 1",
        ),
        (
            '[[exchanges]]\ncall = "room"\nevery = [1.0, 2.0]\nroles = { a = ["zed"] }\n'
            'turns = [[["b", "Hi"]]]',
            "exchanges[0].turns: b is not known here",
        ),
        (
            '[[exchanges]]\ncall = "room"\nevery = [1.0, 2.0]\nroles = { a = ["zed"] }\nturns = []',
            "exchanges[0].turns: Expected `array` of length >= 1",
        ),
        (
            '[[exchanges]]\ncall = "room"\nevery = [1.0, 2.0]\nroles = { a = ["zed"] }\n'
            'turns = [[["a", "Hi"]]]',
            "exchanges[0].roles.a: zed is not known here",
        ),
        (
            '[[events]]\nat = 1.0\nkind = "fault"\ncall = "room"',
            "events[0].fault.kind: is none of",
        ),
        (
            '[[events]]\nat = 1.0\nkind = "join"\ncall = "room"',
            "events[0].who: no name is given",
        ),
        (
            '[[events]]\nat = 1.0\nkind = "sing"\ncall = "room"\nwho = ["ann"]',
            "events[0].kind: Invalid enum value 'sing'",
        ),
        (
            '[[events]]\nat = 1.0\nkind = "raid"\ncall = "room"\nwho = ["ann"]',
            "events[0].pool: nothing is not known here",
        ),
    ],
)
def test_what_does_not_fit_together_is_told(scenario, text, sentence):
    with pytest.raises(WorldError) as caught:
        scenario(text)
    assert f"scene.toml: {sentence}" in caught.value.sentence


def test_what_fits_has_no_contradictions(scenario):
    assert list(contradictions(scenario())) == []


def test_an_empty_scenario_fits():
    assert list(contradictions(Scenario(name="n", title="t", description="d"))) == []
