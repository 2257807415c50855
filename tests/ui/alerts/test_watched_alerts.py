"""Watched searches tell of new hits once a minute, and never what was said."""

import pytest

from console.domain.search.hit import SavedSearch
from console.protocol.search import SearchesChanged, WatchedHits
from console.ui.alerts.decide import Looking
from console.ui.alerts.watched_alerts import WatchedAlerts

SEARCH = SavedSearch(search_id="s1", title="Insults\u202e", query="idiot", watched=True)


@pytest.fixture
def watched(live, outside, looking):
    live.session.apply(SearchesChanged(changed=(WatchedHits(search=SEARCH),), whole=True))
    return WatchedAlerts(live, outside, lambda: looking["at"])


def hits(live, new):
    found = WatchedHits(search=SEARCH, new=new, latest="the words themselves", name="Eve")
    live.session.apply(SearchesChanged(changed=(found,)))


def test_new_hits_notify_once_a_minute_and_a_press_runs_the_search(
    watched, live, outside, recorder, make
):
    hits(live, 1)
    hits(live, 2)
    assert outside.notes == [("A watched search", "1 new hit of the watched search “Insults⟦RLO⟧”")]
    assert outside.sounds == []
    recorder.watch(search=live.session.searches.search_wanted)
    outside.shows[0]()
    assert recorder.of("search") == ["s1"]
    live.clock.time += 61
    hits(live, 9)
    assert len(outside.notes) == 2


def test_in_the_window_it_is_only_said(watched, live, outside, looking, recorder):
    looking["at"] = Looking(window=True)
    recorder.watch(said=live.controller.said)
    hits(live, 3)
    assert outside.notes == []
    assert recorder.of("said")[0][0].startswith("3 new hits of the watched search")


def test_the_ways_are_a_setting(watched, live, outside):
    live.settings["alert_watched"] = ["sound", "attention"]
    hits(live, 1)
    assert (outside.notes, outside.sounds, outside.asked) == ([], ["raised"], 1)


def test_what_came_before_the_window_is_counted_and_no_news(live, outside, looking):
    WatchedAlerts(live, outside, lambda: looking["at"])
    old = WatchedHits(search=SEARCH, new=5)
    live.session.apply(SearchesChanged(changed=(old,), whole=True))
    assert outside.notes == []
    assert live.session.searches.new == 5
