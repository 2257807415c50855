import pytest
from PySide6.QtCore import QPersistentModelIndex

from console.ui.widgets.ordered_rows import OrderedRows


class Letters(OrderedRows):
    def __init__(self, letters):
        super().__init__()
        self.letters = letters
        self.rearrange()

    def become(self, letters):
        self.letters = letters
        self.rearrange()

    def wanted_keys(self):
        return list(self.letters)

    def data(self, index, role=0):
        return self.key(index.row()) if role == 0 else None


@pytest.fixture
def letters(qapp):
    return Letters("abcd")


def test_rows_come_go_and_move(letters, qtmodeltester):
    qtmodeltester.check(letters)
    for wanted in ("dcba", "xa", "", "pq", "qrp"):
        letters.become(wanted)
        assert letters.keys() == tuple(wanted)
        assert [letters.row_of(key) for key in wanted] == list(range(len(wanted)))
    qtmodeltester.check(letters)


def test_selections_follow_their_rows(letters):
    kept = QPersistentModelIndex(letters.index(1, 0))
    lost = QPersistentModelIndex(letters.index(2, 0))
    letters.become("dxba")
    assert (kept.row(), kept.data()) == (2, "b")
    assert not lost.isValid()


def test_held_rows_stay_in_place(letters):
    letters.hold("pointer")
    letters.become("xdba")
    assert letters.keys() == ("a", "b", "c", "d", "x")
    assert letters._gone == {"c"}
    assert letters.stale
    letters.release("pointer")
    assert letters.keys() == ("x", "d", "b", "a")
    assert not letters.stale


def test_rows_wait_for_every_reason(letters):
    letters.hold("pointer")
    letters.hold("focus")
    letters.hold("focus")
    letters.become("dcba")
    letters.release("focus")
    assert letters.held
    assert letters.keys() == ("a", "b", "c", "d")
    letters.release("pointer")
    assert letters.keys() == ("d", "c", "b", "a")
    letters.release("pointer")
    assert not letters.held


def test_a_row_that_comes_back_while_held_is_not_gone(letters):
    letters.hold()
    letters.become("abd")
    letters.become("abcd")
    assert letters._gone == set()
    assert not letters.stale


def test_changes_are_told_in_stretches(letters, recorder):
    recorder.watch(changed=letters.dataChanged)
    letters.touch(["d", "a", "b", "unknown"])
    spans = [(first.row(), last.row()) for first, last, *_ in recorder.of("changed")]
    assert spans == [(0, 1), (3, 3)]


def test_unknown_keys_and_rows(letters):
    assert letters.row_of("z") == -1
    assert (letters.key(-1), letters.key(4)) == ("", "")
