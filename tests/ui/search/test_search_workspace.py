"""The workspace that searches: hits while typing, by keys alone, with their moment and person."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.past import PastSession
from console.domain.search.fields import Kind
from console.domain.search.hit import Found, Hit, IndexState, SavedSearch
from console.domain.verdict import JudgedItem, Severity
from console.protocol.acts import RequestAct
from console.protocol.past import AskPastLines, AskPastSession, PastLines, PastSessionOpened
from console.protocol.search import (
    AskSearch,
    AskSearchValues,
    IndexProgress,
    KeepSearch,
    LookedAtSearch,
    RemoveSearch,
    SearchesChanged,
    SearchKept,
    SearchPage,
    SearchValues,
    WatchedHits,
    WrongPlace,
)
from console.ui.widgets.roles import Role

HALL, YARD = "default:hall", "default:yard"
HOSTILE = "<b>you</b>\u202e fool\n"


def hit(place, text="you fool", cid=HALL, **fields):
    fields.setdefault("user_id", "ann")
    fields.setdefault("name", "Ann")
    fields.setdefault("at", 1_799_999_000.0 + place)
    fields.setdefault("kind", Kind.CAPTION)
    return Hit(
        id=f"u{place}",
        app="key",
        place=place,
        text=text,
        cid=cid,
        call_name=cid.partition(":")[2],
        session_id=f"session-{cid.partition(':')[2]}",
        **fields,
    )


def found(*hits, more=0, looked=12_400, **fields):
    return Found(hits=hits, looked=looked, next=more, **fields)


@pytest.fixture
def panel(window, live):
    live.commands.action("workspace.search").trigger()
    return window.panels["search"]


@pytest.fixture
def stage(window, panel):
    return window.panels["past_call"]


@pytest.fixture
def write(panel, window, qtbot):
    """Types as a person does, and waits until it is asked for."""

    def typed(text):
        before = len(window.sent.of(AskSearch))
        panel.query.setFocus()
        QTest.keyClicks(panel.query, text)
        qtbot.waitUntil(lambda: len(window.sent.of(AskSearch)) > before)
        return window.sent.of(AskSearch)[-1]

    return typed


@pytest.fixture
def answer(live, window):
    def tell(asked, page=None, **fields):
        answered = SearchPage(asked.request_id, query=asked.query, start=asked.start, **fields)
        live.engine.message_received.emit(page or answered)

    return tell


def rows(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifiers)


def test_it_is_one_key_away_and_the_keyboard_is_in_the_query(window, panel):
    assert window.workspace.id == "search"
    assert window.focusWidget() is panel.query


def test_hits_come_while_one_types_grouped_by_call(panel, write, answer):
    asked = write("you fo")
    assert (asked.query, asked.typing, asked.by_rank, asked.start) == ("you fo", True, False, 0)
    answer(asked, found=found(hit(9), hit(8, cid=YARD), hit(7), more=7))
    assert rows(panel) == ["hall", "you fool", "you fool", "you fool", "More hits"]
    assert "3 hits shown" in panel.status.text()
    assert panel.query.hasFocus()


def test_an_answer_to_an_older_query_is_dropped(panel, write, answer):
    older = write("you")
    newer = write(" fool")
    answer(older, found=found(hit(1, "you")))
    assert rows(panel) == []
    answer(newer, found=found(hit(2)))
    assert rows(panel) == ["you fool"]


def test_what_matched_is_marked_as_plain_text(panel, write, answer):
    answer(write("you"), found=found(hit(1, HOSTILE, marks=((3, 6),))))
    row = panel.model.index(0, 0)
    assert row.data(Role.CALL_NAME) == "hall"
    assert row.data() == "<b>you</b>⟦RLO⟧ fool␊"
    assert [(mark.start, mark.end) for mark in row.data(Role.MARKS)] == [(3, 6)]


def test_a_hit_is_aimed_at_its_person_and_shows_its_moment(
    window, live, panel, stage, write, answer, make
):
    answer(write("you"), found=found(hit(5), hit(4, user_id="ben", name="Ben")))
    press(panel.query, Qt.Key.Key_Down)
    assert window.focusWidget() is panel.list
    assert [one.user_id for one in live.controller.chosen] == ["ann"]
    (asked,) = window.sent.of(AskPastSession)
    assert (asked.cid, asked.session_id, asked.item_id) == (HALL, "session-hall", "u5")
    session = PastSession(
        cid=HALL, session_id="session-hall", name="hall", since=make.start - 1_000, until=make.start
    )
    live.engine.message_received.emit(PastSessionOpened(asked.request_id, session=session))
    (around,) = window.sent.of(AskPastLines)
    assert around.item_id == "u5"
    lines = tuple(JudgedItem(make.said(key)) for key in ("u4", "u5", "u6"))
    live.engine.message_received.emit(PastLines(around.request_id, lines=lines))
    assert stage.list.currentIndex().row() == stage.model.row_of_line("u5")
    assert [one.user_id for one in live.controller.chosen] == ["ann"]
    assert panel.list.hasFocus()
    live.commands.action("act.mute_audio").trigger()
    (act,) = (message.act for message in window.sent.of(RequestAct))
    assert (act.kind, act.cid, act.user_ids) == ("mute_audio", HALL, ("ann",))
    press(panel.list, Qt.Key.Key_Return)
    assert stage.list.hasFocus()
    live.commands.action("go.next").trigger()
    panel.list.setFocus()
    live.commands.action("go.next").trigger()
    assert [one.user_id for one in live.controller.chosen] == ["ben"]
    assert window.sent.of(AskPastLines)[-1].item_id == "u4"


def test_enter_in_the_query_goes_to_the_first_hit_and_escape_back(window, panel, write, answer):
    answer(write("you"), found=found(hit(5)))
    press(panel.query, Qt.Key.Key_Return)
    asked = window.sent.of(AskSearch)[-1]
    assert asked.typing  # what was found while writing is found still
    answer(asked, found=found(hit(5)))
    assert panel.list.hasFocus()
    assert panel.list.currentIndex().row() == 0
    press(panel.list, Qt.Key.Key_Escape)
    assert panel.query.hasFocus()


def test_a_call_folds_and_more_hits_come_when_asked_for(window, panel, write, answer):
    answer(write("you"), found=found(hit(5), hit(4), more=4))
    panel.list.setFocus()
    panel.list.choose(panel.model.index(0, 0))
    panel.activate()
    assert rows(panel) == ["hall", "More hits"]
    panel.activate()
    panel.list.choose(panel.model.index(3, 0))
    panel.activate()
    asked = window.sent.of(AskSearch)[-1]
    assert asked.start == 4
    answer(asked, found=found(hit(3)))
    assert rows(panel) == ["hall", "you fool", "you fool", "you fool"]


def test_a_wrong_query_is_underlined_and_said_and_what_was_found_stays(panel, write, answer):
    answer(write("you"), found=found(hit(5), more=5))
    assert rows(panel) == ["you fool", "More hits"]
    wrong = WrongPlace(4, 9, "There is no key form:. Did you mean from:?")
    answer(write(" form:a"), wrong=wrong)
    assert panel.trouble.text() == f"Column 5: {wrong.sentence}"
    assert panel.trouble.isVisible()
    assert rows(panel) == ["you fool"]
    assert panel.status.text() == "1 hit of the query before."
    assert not panel.save.isVisible()
    assert not panel.watch.isVisible()
    panel.query.grab()  # paints the line
    answer(write("b"), found=found(hit(6)))
    assert not panel.trouble.isVisible()


def test_enter_says_what_is_missing(window, panel, write, answer):
    answer(write("you from:"), found=found(hit(5)))
    before = len(window.sent.of(AskSearch))
    press(panel.query, Qt.Key.Key_Escape)  # puts away what is offered, if anything is
    panel.query.setText("you from:")
    press(panel.query, Qt.Key.Key_Return)
    assert panel.trouble.text() == "Column 10: After from: comes a name or an id."
    assert len(window.sent.of(AskSearch)) == before
    assert rows(panel) == []  # the query is whole, and is not the one that found them
    assert "until the query can be understood" in panel.blank.accessibleName()


def test_nothing_found_says_how_much_was_looked_at(panel, write, answer):
    answer(write("unheard"), found=found())
    assert panel.blank.accessibleName() == (
        "Nothing that was said, done or written fits, 12,400 lines looked at."
    )
    assert panel.blank.isVisible()


def test_a_pattern_that_takes_long_goes_on_by_itself(window, panel, write, answer):
    asked = write("regex:zz")
    answer(asked, found=found(more=500, looked=900, cut=True))
    again = window.sent.of(AskSearch)[-1]
    assert (again.query, again.start) == ("regex:zz", 500)
    answer(again, found=found(hit(3)))
    assert rows(panel) == ["you fool"]


def test_how_far_the_index_is_is_said(live, panel, write, answer):
    state = IndexState(entries=4_000, waiting=6_000)
    live.session.apply(IndexProgress(state=state))
    assert "Still indexing, 40 % done; 6,000 lines" in panel.status.text()
    live.session.apply(IndexProgress(state=IndexState(entries=10_000)))
    assert "indexing" not in panel.status.text()


def test_keys_and_values_are_completed_by_keyboard(window, live, panel, write):
    write("-fr")
    assert panel.query.choices == ["-from:"]
    press(panel.query.popup, Qt.Key.Key_Down)
    press(panel.query.popup, Qt.Key.Key_Return)
    assert panel.query.text() == "-from:"
    QTest.keyClicks(panel.query, "qu")
    asked = window.sent.of(AskSearchValues)[-1]
    assert (asked.key, asked.begun) == ("from", "qu")
    values = SearchValues(asked.request_id, key="from", values=("Ada Quill",))
    live.engine.message_received.emit(values)
    assert panel.query.choices == ["Ada Quill"]
    press(panel.query.popup, Qt.Key.Key_Tab)
    assert panel.query.text() == '-from:"Ada Quill" '
    assert panel.query.choices == []


def test_the_list_of_choices_never_swallows_what_is_typed(panel, write):
    write("s")
    assert panel.query.choices == ["severity:"]
    QTest.keyClicks(panel.query.popup, "evx")
    assert panel.query.text() == "sevx"
    assert panel.query.choices == []
    press(panel.query, Qt.Key.Key_Escape)


@pytest.mark.parametrize("width", [212, 240, 288, 420])
def test_no_button_is_cut_in_a_narrow_list(panel, write, answer, qtbot, width):
    answer(write("you"), found=found(hit(5)))
    panel.setParent(None)  # the width is the list's own
    qtbot.addWidget(panel)
    panel.resize(width, 400)
    panel.show()
    buttons = [panel.order.button("newest"), panel.order.button("best"), panel.save, panel.watch]
    for button in buttons:
        assert button.width() >= button.sizeHint().width(), button.text()
        right = button.mapTo(panel, button.rect().topRight()).x()
        assert right < panel.width(), button.text()


def test_the_best_first_is_asked_for(window, panel, write, answer):
    answer(write("you"), found=found(hit(5)))
    panel.order.button("best").click()
    assert window.sent.of(AskSearch)[-1].by_rank


def test_a_search_is_saved_watched_and_counted_on_the_rail(window, live, panel, write, answer):
    answer(write("fool"), found=found(hit(5)))
    panel.watch.click()
    (kept,) = window.sent.of(KeepSearch)
    assert (kept.search.query, kept.search.title, kept.search.watched) == ("fool", "fool", True)
    live.engine.message_received.emit(SearchKept(kept.request_id))
    live.session.apply(SearchesChanged(changed=(WatchedHits(search=kept.search),)))
    assert (panel.watch.text(), panel.save.text()) == ("Watched", "Remove")
    news = WatchedHits(search=kept.search, new=3, latest="fool!", name="Ben")
    live.session.apply(SearchesChanged(changed=(news,)))
    assert window.workspace.count(window.context) == 3

    panel.query.clear()
    panel._begin()
    assert rows(panel) == ["fool"]
    panel.list.choose(panel.model.index(0, 0))
    panel.activate()
    assert window.sent.of(AskSearch)[-1].query == "fool"
    assert [message.search_id for message in window.sent.of(LookedAtSearch)] == [
        kept.search.search_id
    ]
    panel.save.click()
    assert [message.search_id for message in window.sent.of(RemoveSearch)] == [
        kept.search.search_id
    ]


def test_a_hit_says_that_the_word_stands_in_its_reason(panel, write, answer):
    raised = hit(5, "go away", action="flag", why="A list has it.", why_marks=((2, 6),))
    answer(write("reason:list"), found=found(raised))
    row = panel.model.index(0, 0)
    assert row.data() == "go away · Reason: A list has it."
    assert [row.data()[mark.start : mark.end] for mark in row.data(Role.MARKS)] == ["list"]


def test_another_query_is_another_search_beside_the_saved_one(window, live, panel):
    def keep(text, button):
        panel.query.setText(text)
        assert (panel.save.text(), panel.watch.text()) == ("Save", "Watch")
        button.click()
        kept = window.sent.of(KeepSearch)[-1]
        live.engine.message_received.emit(SearchKept(kept.request_id))
        live.session.apply(SearchesChanged(changed=(WatchedHits(search=kept.search),)))
        return kept.search

    kept = [keep("idiot", panel.save), keep("worthless", panel.watch), keep("harbor", panel.save)]
    assert [(each.query, each.watched) for each in kept] == [
        ("idiot", False),
        ("worthless", True),
        ("harbor", False),
    ]
    assert len({each.search_id for each in kept}) == 3
    assert window.sent.of(RemoveSearch) == []

    panel.query.setText("worthless")  # one that is saved is that one again
    assert (panel.save.text(), panel.watch.text()) == ("Remove", "Watched")
    panel.save.click()
    assert window.sent.of(RemoveSearch)[-1].search_id == kept[1].search_id


def test_new_hits_of_the_open_watched_search_are_one_press_away(window, live, panel, write, answer):
    asked = write("fool")
    answer(asked, found=found(hit(5)))
    search = SavedSearch(search_id="s", title="fool", query="fool", watched=True)
    live.session.apply(SearchesChanged(changed=(WatchedHits(search=search),)))
    assert not panel.fresh.isVisible()
    live.session.apply(SearchesChanged(changed=(WatchedHits(search=search, new=1),)))
    assert panel.fresh.isVisible()
    assert panel.fresh.text() == "1 new: show"
    panel.fresh.click()
    again = window.sent.of(AskSearch)[-1]
    assert again.request_id != asked.request_id
    assert [message.search_id for message in window.sent.of(LookedAtSearch)] == ["s"]
    live.session.apply(SearchesChanged(changed=(WatchedHits(search=search),)))
    answer(again, found=found(hit(6), hit(5)))
    assert rows(panel) == ["hall", "you fool", "you fool"]
    assert not panel.fresh.isVisible()


def test_a_hit_later_than_what_was_read_of_a_running_call_reads_its_time_line_anew(
    window, live, panel, write, answer, stage
):
    later, inside, first = hit(60), hit(6), hit(5)
    answer(write("you"), found=found(later, inside, first))
    panel._to_hits()
    panel.list.step(2)
    asked = window.sent.of(AskPastSession)[-1]
    assert asked.item_id == "u5"
    session = PastSession(
        cid=HALL, session_id="session-hall", name="hall", since=first.at - 5, until=first.at + 5,
        running=True,
    )  # fmt: skip
    live.engine.message_received.emit(PastSessionOpened(asked.request_id, session=session))
    many = len(window.sent.of(AskPastSession))
    panel.list.step(-1)
    assert window.sent.of(AskPastLines)[-1].item_id == "u6"
    assert len(window.sent.of(AskPastSession)) == many
    panel.list.step(-1)
    assert len(window.sent.of(AskPastSession)) == many + 1
    asked = window.sent.of(AskPastSession)[-1]
    grown = replace(session, until=later.at)
    live.engine.message_received.emit(PastSessionOpened(asked.request_id, session=grown))
    assert stage.scrubber.time_at(stage.scrubber.width()) == later.at
    assert window.sent.of(AskPastLines)[-1].item_id == "u60"


def test_a_saved_search_is_given_a_title(window, live, panel, answer):
    panel.search_for("fool")
    answer(window.sent.of(AskSearch)[-1], found=found(hit(5)))
    assert not panel.title.isVisible()
    search = SavedSearch(search_id="s", title="fool", query="fool", watched=True, since=5.0)
    live.session.apply(SearchesChanged(changed=(WatchedHits(search=search),)))
    assert panel.title.isVisible()
    assert panel.title.text() == ""
    panel.title.setFocus()
    QTest.keyClicks(panel.title, "Insults of  today")
    press(panel.title, Qt.Key.Key_Return)
    (kept,) = window.sent.of(KeepSearch)
    assert kept.search == SavedSearch(
        search_id="s", title="Insults of today", query="fool", watched=True, since=5.0
    )
    live.session.apply(SearchesChanged(changed=(WatchedHits(search=kept.search),)))
    assert panel.title.text() == "Insults of today"

    QTest.keyClicks(panel.title, " and more")
    press(panel.title, Qt.Key.Key_Escape)
    assert panel.title.text() == "Insults of today"
    panel.query.clear()
    panel._begin()
    assert rows(panel) == ["Insults of today"]
    assert not panel.title.isVisible()


def test_an_act_opens_its_call_at_its_time(window, panel, write, answer):
    act = hit(5, "Ban: Ben. For insults", kind=Kind.ACT, act="ban", by="mod")
    answer(write("act:ban"), found=found(act))
    panel._to_hits()
    (asked,) = window.sent.of(AskPastSession)
    assert (asked.session_id, asked.item_id) == ("session-hall", "")
    assert window.context.past._wanted_at == act.at


def test_a_note_belongs_to_no_call_and_aims_at_its_person(window, live, panel, write, answer):
    note = hit(5, "was warned", cid="", kind=Kind.NOTE, by="mod")
    answer(write("warned"), found=found(note))
    panel._to_hits()
    assert rows(panel) == ["was warned"]
    assert [one.user_id for one in live.controller.chosen] == ["ann"]
    assert window.sent.of(AskPastSession) == []
    assert "belongs to no call" in panel.activate()


def test_a_raised_line_says_how_grave_it_is(panel, write, answer, window):
    grave = hit(5, severity=Severity.CRITICAL, action="remove", why="A list has it.")
    answer(write("you"), found=found(grave))
    panel.list.grab()  # paints the rows
    assert "critical" not in rows(panel)
    saved = SavedSearch(search_id="s", title="t", query="q")
    assert not saved.watched
