"""Segments that wait: the hottest first, bounded, and what is left out is counted."""

from console.domain.speech import Speaker
from console.media.segment_queue import MAX_WAITING, SegmentQueue, Waiting
from console.models.speech_segments import Segment


def waiting(cid, end, *, final=True, user="ann"):
    speaker = Speaker(cid=cid, user_id=user, user_session_id=user, name=user)
    return Waiting(speaker, Segment(int(end), b"", end, 1.0, final), end)


def test_final_ones_go_first_then_the_hottest_call_then_the_oldest():
    queue = SegmentQueue()
    queue.heats = {"hot": 5.0}
    for each in (
        waiting("hot", 1, final=False, user="bob"),
        waiting("cold", 1),
        waiting("hot", 3),
        waiting("hot", 2),
    ):
        assert queue.put(each) is None
    taken = [queue.take() for _ in range(4)]
    assert [(t.speaker.cid, t.end) for t in taken if t] == [
        ("hot", 2),
        ("hot", 3),
        ("cold", 1),
        ("hot", 1),
    ]
    assert queue.take() is None


def test_the_coldest_is_left_out_where_too_many_wait():
    queue = SegmentQueue()
    queue.heats = {"hot": 5.0}
    queue.put(waiting("cold", 1))
    out = [queue.put(waiting("hot", number)) for number in range(MAX_WAITING)]
    assert [each.speaker.cid for each in out if each] == ["cold"]
    assert queue.shed == 1
    assert len(queue) == MAX_WAITING


def test_a_partial_one_is_replaced_and_goes_when_the_final_one_comes():
    queue = SegmentQueue()
    for end in (1, 2):
        queue.put(waiting("a", end, final=False))
    queue.put(waiting("a", 3))
    taken = queue.take()
    assert taken is not None
    assert taken.segment.final
    assert queue.take() is None
