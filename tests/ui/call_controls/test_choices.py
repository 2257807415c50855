"""How a call is, and which acts lead to each choice."""

import pytest

from console.domain.call import ASKABLE, Permission
from console.ui.call_controls.choices import CHOICES

MIC, CAMERA = frozenset({Permission.SEND_AUDIO}), frozenset({Permission.SEND_VIDEO})


def choice(name):
    return next(each for each in CHOICES if each.name == name)


def acts(name, call):
    return {option.key: option.acts(call) for option in choice(name).options}


@pytest.mark.parametrize(
    ("name", "fields", "now", "leading"),
    [
        (
            "Microphones",
            {"may_be_asked": MIC},
            "asked",
            {"off": ("take_microphones",), "on": ("microphone_requests_off",), "asked": ()},
        ),
        (
            "Microphones",
            {"suspended": MIC},
            "off",
            {
                "off": (),
                "on": ("give_microphones",),
                "asked": ("give_microphones", "microphone_requests_on"),
            },
        ),
        (
            "Cameras",
            {"allowed": ASKABLE - CAMERA, "may_be_asked": CAMERA},
            "off",
            {"off": (), "on": ("cameras_on", "camera_requests_off"), "asked": ("cameras_on",)},
        ),
        (
            "Screen shares",
            {},
            "on",
            {"off": ("screens_off",), "on": (), "asked": ("screen_requests_on",)},
        ),
        ("Captions", {"captioning": True}, "on", {"off": ("stop_captions",), "on": ()}),
        ("Recording", {}, "off", {"off": (), "on": ("start_recording",)}),
        (
            "Who may come in",
            {"backstage": True},
            "backstage",
            {"everybody": ("go_live",), "members": ("go_live",), "backstage": ()},
        ),
        ("Transcription", {"transcribing": True}, "on", {"off": ("stop_transcription",), "on": ()}),
    ],
)
def test_each_choice_knows_the_acts_that_lead_to_it(make, name, fields, now, leading):
    call = make.call(**fields)

    assert choice(name).now(call) == now
    assert acts(name, call) == leading


def test_what_is_so_already_needs_no_act(make):
    made: list[dict[str, object]] = [{}, {"suspended": ASKABLE}, {"allowed": frozenset()}]
    for fields in made:
        call = make.call(**fields)
        for each in CHOICES:
            assert acts(each.name, call)[each.now(call)] == ()
