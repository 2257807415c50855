from console.domain.verdict import EarlierWords, Match, Source, counts_more
from console.protocol.to_window import Notice, NoticeKind
from console.ui.state.history import History


def hear(history, item, *, replay):
    return history.hear(item, replay=replay)


def judge(history, verdict):
    return history.judge(verdict)


def test_one_identity_is_one_entry(make):
    history = History()
    first, new = hear(history, make.said(), replay=False)
    again, new_again = hear(history, make.said(), replay=False)
    assert new
    assert (again, new_again) == (None, False)
    assert list(history) == [first]
    assert (history.tally.lines, history.tally.duplicated) == (1, 1)


def test_a_later_revision_changes_the_line_in_place(make):
    history = History()
    first, _ = hear(history, make.said(), replay=False)
    hear(history, make.said("u2"), replay=False)
    revised, new = hear(history, make.said(text="other", revision=1), replay=False)
    assert not new
    assert revised.serial == first.serial
    assert [line.item.text for line in history.lines()] == ["other", "words of u2"]
    assert (history.tally.lines, history.tally.revised, history.tally.duplicated) == (2, 1, 0)


def test_replay_of_what_is_known_is_no_duplicate(make):
    history = History()
    hear(history, make.said(), replay=False)
    assert hear(history, make.said(), replay=True) == (None, False)
    entry, new = hear(history, make.said("u0"), replay=True)
    assert new
    assert entry.replay
    assert (history.tally.lines, history.tally.duplicated) == (1, 0)


def test_over_capacity_the_oldest_go_and_are_not_replayed_back(make):
    history = History(capacity=2)
    for number in range(4):
        hear(history, make.said(f"u{number}", received_at=100.0 + number), replay=False)
    dropped = history.trim()
    assert [entry.serial for entry in dropped] == [1, 2]
    assert history.tally.trimmed == 2
    assert history.line("u1") is None
    assert hear(history, make.said("u1", received_at=101.0), replay=True) == (None, False)


def test_only_new_lines_count_as_lines_that_were_dropped(make):
    history = History(capacity=1)
    history.notice(Notice(cid="default:one", at=1.0, kind=NoticeKind.JOINED, text="Ann joined."))
    hear(history, make.said("old"), replay=True)
    hear(history, make.said("new"), replay=False)
    hear(history, make.said("newest"), replay=False)
    history.trim()
    assert (history.tally.lines, history.tally.trimmed, history.tally.trimmed_lines) == (2, 3, 1)


def test_verdicts_take_their_place(make):
    history = History()
    assert judge(history, make.verdict("unknown")) is None
    assert history.tally.strays == 1
    hear(history, make.said(), replay=False)
    before, after = judge(history, make.local())
    assert before.verdict is None
    assert after.waiting
    _, after = judge(history, make.verdict())
    assert after.raised
    assert not after.waiting
    assert judge(history, make.local()) is None
    assert next(history.lines()).verdict == make.verdict()


def test_a_verdict_on_an_earlier_text_does_not_count(make):
    history = History()
    hear(history, make.said(revision=1), replay=False)
    assert judge(history, make.verdict(revision=0)) is None
    assert judge(history, make.verdict(revision=1)) is not None


def test_which_verdict_counts_more(make):
    assert counts_more(None, make.local())
    assert counts_more(make.local(), make.verdict())
    assert counts_more(make.verdict(), make.verdict(action="remove"))
    assert not counts_more(make.verdict(), make.local())
    assert counts_more(make.verdict(), make.local(revision=1))
    assert not counts_more(make.verdict(revision=1), make.verdict())


def test_serials_never_repeat(make):
    history = History()
    entry, _ = hear(history, make.said(), replay=False)
    history.clear()
    assert len(history) == 0
    assert history.notice(make.notice()).serial > entry.serial
    assert history.gap(make.gap()).serial > entry.serial + 1


def test_a_large_memory_drops_many_at_once(make):
    history = History(capacity=100)
    dropped = []
    for number in range(110):
        hear(history, make.said(f"u{number}"), replay=False)
        dropped.append(len(history.trim()))
    assert [count for count in dropped if count] == [3, 3, 3]
    assert len(history) == 101


def cut(make, action="flag", **fields):
    """A local verdict of a phrase that begins in line u1 and ends in u2."""
    match = Match(rule="threats", action=action, end=8, earlier=(EarlierWords("u1", 11, 15),))
    return make.local("u2", action, matches=(match,), **fields)


def two_lines(make):
    history = History()
    hear(history, make.said("u1", text="you should kill"), replay=False)
    hear(history, make.said("u2", text="yourself today"), replay=False)
    return history


def test_a_phrase_over_two_lines_is_marked_in_both_and_raises_one(make):
    history = two_lines(make)
    _, after = judge(history, cut(make))
    assert [line.item.item_id for line in history.carry(None, after.verdict)] == ["u1"]
    first, second = history.lines()
    assert first.carried_on == (("u2", EarlierWords("u1", 11, 15)),)
    assert (first.raised, second.raised) == (False, True)
    assert history.carry(None, after.verdict) == []


def test_another_text_of_the_later_line_takes_the_mark_back(make):
    history = two_lines(make)
    _, after = judge(history, cut(make))
    history.carry(None, after.verdict)
    hear(history, make.said("u2", text="your time today", revision=1), replay=False)
    before, after = judge(history, make.local("u2", revision=1))
    history.carry(before.verdict, after.verdict)
    assert next(history.lines()).carried_on == ()


def test_what_stream_cannot_know_outlasts_its_verdict(make):
    history = two_lines(make)
    judge(history, cut(make))
    _, after = judge(history, make.verdict("u2", "keep"))
    assert (after.verdict.source, after.raised, after.waiting) == (Source.LOCAL, True, False)
    assert history.actions() == {"flag": 1}
    _, after = judge(history, make.verdict("u2", "remove"))
    assert (after.verdict.source, after.verdict.action) == (Source.STREAM, "remove")


def test_words_that_matched_stay_marked_whoever_judges_next(make):
    history = History()
    hear(history, make.said(text="du fool"), replay=False)
    judge(
        history,
        make.local(action="flag", matches=(Match(rule="words", label="insult", start=3, end=7),)),
    )
    for action in ("remove", "keep"):
        judge(history, make.verdict(action=action))
        (line,) = history.lines()
        assert line.verdict is not None
        assert (line.verdict.action, line.marked) == (action, ((3, 7),))
    revised, _ = hear(history, make.said(text="thou", revision=1), replay=False)
    assert revised.marked == ()
