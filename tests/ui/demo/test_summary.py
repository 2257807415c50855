from msgspec.structs import replace

from console.base.percentiles import Percentiles
from console.domain.raised import RaisedCounts
from console.domain.stages import NotLooked, Reason, Stage
from console.protocol.automation import AutomationNumbers
from console.protocol.listening import ListeningChanged, ListeningTotals
from console.protocol.sanctions import SanctionCounts
from console.protocol.to_window import Pulse
from console.ui.demo.desk_figures import desk_figures
from console.ui.demo.judged_figures import judged_figures
from console.ui.demo.media_figures import media_figures
from console.ui.demo.summary import Measured, as_json, as_text
from console.ui.state.history import History
from console.ui.state.not_judged import NotJudged
from console.ui.state.review_queue import QueueCounts

JUDGED = NotJudged()
JUDGED.lines = 12
JUDGED.languages.update({"Thai": 4, "English": 7, "": 1})
JUDGED.stages.update({Stage.STREAM: 8, Stage.LISTS: 12})
JUDGED.why[NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "th")] = 4
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
    desk=desk_figures(
        Pulse(
            at=1_000.0,
            desk=RaisedCounts(handled=3, dismissed=1, open=2, taken=1, oldest_open_at=990.0),
            automation=AutomationNumbers(spoken_to_muted=Percentiles(p50=80.04, p95=120.0)),
            sanctions=SanctionCounts(set=2, lifted=1),
        ),
        QueueCounts(decided=2, conflicts=1),
        AutomationNumbers(proposed=4, vetoed=1, done=2, already=1),
        now=1_002.5,
    ),
    media=media_figures(
        ListeningChanged(totals=ListeningTotals(calls_joined=1, heard_s=61.04, lines=7)),
        Pulse(
            at=1_000.0,
            names_judged=3,
            automation=AutomationNumbers(
                speech_end_to_muted=Percentiles(p50=1_200.04, p95=2_000.0)
            ),
        ),
        History(),
        reason="",
    ),
    judged_by=judged_figures(JUDGED),
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
        "desk",
        "media",
        "judged_by",
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


def test_the_desk_has_exactly_the_promised_keys():
    assert as_json(MEASURED)["desk"] == {
        "raised": 6,
        "handled": 3,
        "dismissed": 1,
        "open": 2,
        "oldest_open_s": 12.5,
        "queue": {"decided": 2, "conflicts": 1},
        "automation": {
            "proposed": 4,
            "vetoed": 1,
            "done": 2,
            "already": 1,
            "overturned": 0,
            "spoken_to_muted_ms": {"p50": 80.0, "p95": 120.0},
        },
        "sanctions": {"set": 2, "lifted": 1, "outlived": 0, "wrongly_lifted": 0},
    }
    assert (
        desk_figures(None, QueueCounts(0, 0), AutomationNumbers(), now=5.0)["oldest_open_s"] == 0.0
    )


def test_media_has_exactly_the_promised_keys():
    assert as_json(MEASURED)["media"] == {
        "calls_joined": 1,
        "seconds_heard": 61.0,
        "lines_heard_here": 7,
        "frames_judged": 0,
        "messages": 0,
        "names_judged": 3,
        "speech_end_to_enforced_mute_ms": {"p50": 1200.0, "p95": 2000.0},
    }
    assert "61.0 s heard, 7 lines heard here" in as_text(MEASURED)


def test_where_nothing_is_listened_to_the_reason_is_told():
    figures = media_figures(ListeningChanged(), None, History(), "Install the extra media.")
    assert figures["reason"] == "Install the extra media."
    assert figures["seconds_heard"] == figures["calls_joined"] == 0
    assert "media     Install the extra media." in as_text(replace(MEASURED, media=figures))


def test_what_judged_has_exactly_the_promised_keys():
    assert as_json(MEASURED)["judged_by"] == {
        "lines": 12,
        "stages": {"lists": 12, "stream": 8},
        "languages": {"English": 7, "Thai": 4, "not known": 1},
        "not_judged_for_meaning": 4,
        "why_not": {"Thai": 4},
    }
    assert "4 lines not judged for meaning (Thai 4)" in as_text(MEASURED)
