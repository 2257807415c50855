from console.base.percentiles import Percentiles
from console.ui.demo.summary import Measured, as_json, as_text

MEASURED = Measured(
    scenario="town-hall",
    seconds=30.04,
    calls=1,
    participants=300,
    spoken=40,
    shown=39,
    judged=37,
    duplicated=1,
    verdicts={"remove": 2, "keep": 35},
    acts_requested=9,
    acts_confirmed=6,
    acts_failed=1,
    spoken_to_shown=Percentiles(p50=12.34, p95=20.0, p99=30.0),
    shown_to_judged=Percentiles(),
    click_to_accepted=Percentiles(),
    click_to_seen=Percentiles(),
    frame_gap=Percentiles(p50=16.0),
    frame_gap_max=80.26,
    first_paint_ms=412.6,
    ready_ms=3000.0,
    rss_mb={"window": 130.04, "engine": 140.0, "sandbox": 70.0},
)


def test_the_object_has_exactly_the_promised_keys():
    found = as_json(MEASURED)
    assert set(found) == {
        "scenario",
        "seconds",
        "calls",
        "participants",
        "utterances",
        "verdicts",
        "acts",
        "delay_ms",
        "frame_gap_ms",
        "first_paint_ms",
        "ready_ms",
        "rss_mb",
    }
    assert found["utterances"] == {
        "spoken": 40,
        "shown": 39,
        "judged": 37,
        "pending": 2,
        "lost": 1,
        "duplicated": 1,
    }
    assert found["acts"] == {"requested": 9, "confirmed": 6, "failed": 1, "pending": 2}
    assert set(found["delay_ms"]) == {
        "spoken_to_shown",
        "shown_to_judged",
        "click_to_accepted",
        "click_to_seen",
    }
    assert found["delay_ms"]["spoken_to_shown"] == {"p50": 12.3, "p95": 20.0, "p99": 30.0}
    assert found["frame_gap_ms"] == {"p50": 16.0, "p95": 0.0, "p99": 0.0, "max": 80.3}
    assert found["rss_mb"] == {"window": 130.0, "engine": 140.0, "sandbox": 70.0}


def test_the_text_says_what_was_lost():
    text = as_text(MEASURED)
    assert "1 lost, 1 duplicated" in text
    assert "2 pending" in text
    assert "35 keep, 2 remove" in text
