"""What is counted is told in words."""

from console.protocol.to_window import Pulse
from console.ui.state.health import Health, all_words, engine_words, restart_words, window_words
from console.ui.state.history import Tally


def test_every_counter_of_the_window_is_in_its_sentence():
    tally = Tally(lines=1, revised=2, duplicated=3, strays=4, trimmed=5_000)
    assert window_words(Health(None, tally)) == (
        "This window: 1 line, 2 changed later, 3 came twice, 5,000 dropped because the memory is "
        "full; 4 verdicts for lines it does not hold."
    )


def test_every_counter_of_the_engine_is_in_its_sentence():
    pulse = Pulse(
        at=0.0,
        heard=1,
        judged=2,
        retried=3,
        duplicates=4,
        malformed=5,
        given_up=6,
        skipped_models=7,
        rss_mb=8,
    )
    assert engine_words(Health(pulse, Tally())) == (
        "Heard 1, judged 2, repeated requests 3, known twice 4, malformed 5, "
        "judged only locally 6, too many at once for models 7. 0 wait for a verdict, "
        "0 checks under way. The engine uses 8 MB."
    )


def test_what_was_seen_is_counted_where_there_is_any():
    pulse = Pulse(at=0.0, messages=3, pictures_shed=2, names_left=1_200, webhooks_refused=4)
    assert (
        " Chat messages 3, pictures left out 2, names of which Stream was not asked 1,200,"
        " webhooks refused 4. The engine uses" in engine_words(Health(pulse, Tally()))
    )


def test_restarts_and_lines_nobody_understood():
    assert restart_words(Health(None, Tally())) == "The engine never had to be started again."
    words = restart_words(Health(None, Tally(), restarts=1, refused_lines=2))
    again, unread = words.split(". ")
    assert again == "The engine was started again once"
    assert unread == "2 lines of it could not be read."


def test_before_the_first_pulse_there_is_less_to_say():
    assert len(all_words(Health(None, Tally())).split("\n")) == 2
