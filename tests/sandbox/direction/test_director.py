import pytest

from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.sandbox.direction.director import SETTLING, Director
from console.sandbox.direction.scenario_file import find_scenario, read_scenario
from console.sandbox.fidelity.egress import FRAMES
from console.sandbox.world import World

TALK = """
[[pools]]
id = "talk"
lines = ["One.", "Two {red|blue} ones.", "Three is a crowd."]
[[chatter]]
call = "room"
pools = ["talk"]
every = [1.0, 2.0]
"""
ROOM = "default:room"


def test_prepare_puts_everything_in_place_at_once(play):
    room = play()
    call = room.world.state.calls[ROOM]
    assert call.name == "The room"
    assert call.captioning
    assert {p.user_id: p.live for p in call.running.presences.values()} == {
        "ann": {"audio", "video"},
        "ben": {"audio"},
        "cy": set(),
        "troll": {"audio"},
    }
    assert call.members["ann"].role == "host"
    assert "insults" in room.world.judging.blocklists
    assert room.world.judging.evaluator_for("custom:captions") is not None


def test_a_line_is_captioned_when_it_ends(play):
    room = play('[[lines]]\nat = 2.0\ncall = "room"\nwho = "ann"\ntext = "Good evening, all."')
    room.until(2.5)
    assert room.spoken == []
    room.until(5.0)
    assert room.spoken == [("ann", "Good evening, all.")]
    caption = room.world.state.captions[0]
    assert caption.end - caption.start == pytest.approx(1.2, abs=0.3)
    assert caption.end <= room.clock.now()


def test_nobody_says_two_things_at_once(play):
    line = '[[lines]]\nat = 1.0\ncall = "room"\nwho = "ann"\ntext = "This is a longer sentence."\n'
    room = play(line * 3)
    room.until(15.0)
    first, second, third = room.world.state.captions
    assert first.end <= second.start + 0.15  # play is stepped by a tenth of a second
    assert second.end <= third.start + 0.15


@pytest.mark.parametrize("name", ["town-hall", "game-night"])
def test_the_same_seed_is_the_same_event_for_event(name, stage_of):
    def told(seed):
        play = stage_of(read_scenario(find_scenario(name)), seed=seed)
        play.until(75.0)
        return [(e.type, e.at, e.cid, e.actor, e.targets, e.tracks) for e in play.events]

    first = told(11)
    assert len(first) > 200
    assert first == told(11)
    assert first != told(12)


def test_rate_and_speed_are_factors(play):
    slow, often, fast = play(TALK), play(TALK, rate=4.0), play(TALK, speed=3.0)
    for room in (slow, often, fast):
        room.until(40.0)
    assert len(often.spoken) > 2 * len(slow.spoken)
    assert 2 * len(slow.spoken) < len(fast.spoken) < 4 * len(slow.spoken)


def test_a_call_that_begins_later_is_left_in_peace_at_first(play):
    room = play(
        TALK.replace('call = "room"', 'call = "later"')
        + """
[[calls]]
id = "later"
name = "Later"
people = ["cy"]
voices = ["cy"]
captions = "auto-on"
begins = 5.0
"""
    )
    room.until(4.9)
    assert "default:later" not in room.world.state.calls
    room.until(40.0)
    assert room.world.state.calls["default:later"].running is not None
    joined = next(
        e.at for e in room.events if e.type == "call.session_started" and "later" in e.cid
    )
    starts = [caption.start for caption in room.world.state.captions]
    assert starts
    assert min(starts) - joined >= SETTLING - 0.2


def test_people_come_and_go_and_show_their_screen(play):
    event = '[[events]]\nat = {}\nkind = "{}"\ncall = "room"\nwho = ["cy"]\n'
    kinds = ("leave", "join", "microphone_on", "screen_on", "screen_off", "microphone_off")
    room = play("".join(event.format(at, kind) for at, kind in enumerate(kinds, 1)))
    seen = []
    for at in range(1, 7):
        room.until(at + 0.2)
        seen.append(room.live(ROOM, "cy"))
    assert seen == [None, set(), {"audio"}, {"audio", "screenshare"}, {"audio"}, set()]


def test_a_raid_brings_everybody_in_and_they_make_noise(play):
    room = play(
        """
[[names]]
id = "n"
first = ["x", "y", "z"]
[[casts]]
id = "horde"
count = 3
names = "n"
temperaments = { raids = 1.0 }
[[pools]]
id = "noise"
lines = ["What a clown."]
[[events]]
at = 4.0
kind = "raid"
call = "room"
who = ["@horde"]
pool = "noise"
every = [1.0, 2.0]
over = 3.0
"""
    )
    room.until(3.9)
    assert room.live(ROOM, "horde-001") is None
    room.until(5.5)
    assert room.live(ROOM, "horde-002") == {"audio"}
    assert room.live(ROOM, "horde-003") is None
    room.until(15.0)
    assert {speaker for speaker, _ in room.spoken} == {"horde-001", "horde-002", "horde-003"}


def test_listeners_come_and_go_where_the_call_has_turnover(stage_of):
    play = stage_of(read_scenario(find_scenario("town-hall")))
    play.until(60.0)
    kinds = [event.type for event in play.events]
    assert kinds.count("call.session_participant_left") > 5
    left = {e.targets[0] for e in play.events if e.type == "call.session_participant_left"}
    assert not any(user_id.startswith("floor") for user_id in left)


def test_time_stands_still_while_paused(play):
    room = play(TALK)
    room.until(10.0)
    room.director.pause()
    spoken = len(room.spoken)
    assert spoken > 2
    assert not room.director.started
    assert room.director.scenario_time == pytest.approx(10.0)
    room.until(30.0)
    assert len(room.spoken) == spoken
    room.director.start()
    assert room.director.scenario_time == pytest.approx(10.0)
    room.until(40.0)
    assert len(room.spoken) > spoken


def test_nothing_is_said_in_a_call_that_ended(play):
    room = play(TALK)
    room.until(8.0)
    room.world.control.end(ROOM)
    spoken = room.world.state.counters.spoken
    room.until(30.0)
    assert room.world.state.counters.spoken == spoken


async def test_run_waits_for_the_start_and_then_plays(scenario, clock):
    world = World(clock)
    director = Director(world, scenario(TALK), clock, paused=True)
    director.prepare()
    tasks = Tasks()
    tasks.spawn(director.run(), name="director")
    for _ in range(5):
        await clock.sleep(1.0)
    assert world.state.counters.spoken == 0
    assert director.scenario_time == 0.0
    director.start()
    for _ in range(400):
        await clock.sleep(0.0)
    await tasks.close()
    assert world.state.counters.captioned > 5


@pytest.mark.expects_errors
def test_a_scene_that_fails_is_logged_and_the_rest_goes_on(play):
    room = play(TALK)

    def fail():
        raise RuntimeError("a bug")

    room.director.later(1.0, fail)
    room.until(20.0)
    assert len(room.spoken) > 5


@pytest.mark.parametrize("options", [{"speed": 0.0}, {"rate": -1.0}])
def test_time_that_stands_still_is_refused(play, options):
    with pytest.raises(WorldError, match="greater than zero"):
        play(**options)


def test_people_write_and_send_emoji_while_they_are_there(play):
    event = '[[events]]\nat = {}\nkind = "{}"\ncall = "room"\nwho = ["cy"]\nthen = ["{}"]\n'
    room = play(
        event.format(1, "chat", "Hello in writing.")
        + event.format(2, "react", ":clap:")
        + event.format(3, "leave", "")
        + event.format(4, "chat", "Nobody is here to write this.")
    )
    room.until(6.0)
    (line,) = [e.payload for e in room.events if e.type == "message.new"]
    assert (line["cid"], line["message"]["text"]) == ("videocall:room", "Hello in writing.")
    assert line["user"].id == "cy"
    (reaction,) = [e.payload["reaction"] for e in room.events if e.type == "call.reaction_new"]
    assert (reaction["emoji_code"], reaction["user"].id) == (":clap:", "cy")
    assert room.spoken == []


def test_what_people_report_waits_in_the_review_queue(play):
    room = play(
        """
        [[events]]
        at = 1.0
        kind = "report"
        call = "room"
        who = ["ann", "ben"]
        then = ["troll", "spam", "insults"]
        """
    )
    room.until(2.0)
    item = room.world.judging.find_item("stream:user", "troll")
    assert item.recommended_action == "flag"
    reports = [(flag.user_id, flag.reason) for flag in item.flags]
    assert reports == [("ann", "spam, insults"), ("ben", "spam, insults")]


def test_a_scenario_lets_requests_and_events_go_wrong(play):
    room = play(
        """
        [[events]]
        at = 1.0
        kind = "fault"
        call = "room"
        fault = { kind = "duplicate", path = "closed_caption", times = 2 }
        [[events]]
        at = 2.0
        kind = "fault"
        call = "room"
        fault = { kind = "skew", seconds = 90.0 }
        """
    )
    room.until(1.5)
    assert room.world.state.faults.take_event("call.updated") is None
    assert room.world.state.faults.take_event("call.closed_caption").kind == "duplicate"
    room.until(2.5)
    assert room.world.state.now() - room.clock.now() == 90.0


def test_somebody_shows_a_test_card_and_puts_it_away(play):
    event = '[[events]]\nat = {}\nkind = "show"\ncall = "room"\nwho = ["ann"]\nthen = {}\n'
    room = play(event.format(1.0, '["Violence"]') + event.format(9.0, "[]"))
    room.world.egresses.start(ROOM, FRAMES)
    room.until(12.0)
    found = [event for event in room.events if event.type == "call.frame_recording_ready"]
    labels = [room.world.frames.labels_of(event.payload["url"]) for event in found]
    assert {event.targets for event in found} == {("ann",)}
    assert labels[0] == ()
    assert ("Violence",) in labels
    assert labels[-1] == ()
    assert len(found) == 6
