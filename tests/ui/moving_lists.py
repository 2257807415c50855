"""Lists that change all the time, and presses of a hand on people in them.

Each of ``*_presses`` gives a Press for each press.
"""

from typing import NamedTuple

from PySide6.QtCore import QPoint

from console.protocol.acts import RequestAct
from console.protocol.requests import RequestsChanged
from console.ui.state.entries import ItemEntry
from console.ui.widgets.roles import Role
from tests.ui.hand import Hand

CROWD = 40


class Press(NamedTuple):
    """Whom the hand meant, whom the press hit or None, and whether it hit no row or said why."""

    meant: str
    hit: str | None
    told: bool

    @property
    def right(self):
        """Whether it hit whom the hand meant, or nobody and said so."""
        return self.hit == self.meant or (self.hit is None and self.told)


class MovingCall:
    def __init__(self, live, make, random):
        self._live, self._make, self._random = live, make, random
        self._numbers = iter(range(1, 10_000_000))
        self._here = {}
        for _ in range(CROWD):
            self.join()

    def join(self):
        number = next(self._numbers)
        name = f"{self._random.choice('abcdefghijklmnopqrstuvwxyz')}{number:06}"
        self._here[f"{name}-1"] = name
        self._live.session.apply(self._make.people(self._make.person(name)))

    def leave(self):
        key = self._random.choice(list(self._here))
        del self._here[key]
        self._live.session.apply(self._make.people(left=(key,)))

    def change_people(self):
        (self.join if len(self._here) < CROWD else self.leave)()

    def speak(self):
        speaker = self._random.choice(list(self._here.values()))
        number = next(self._numbers)
        words = "words that are said " * self._random.randrange(1, 12)
        line = self._make.said(
            f"m{number}", author_id=speaker, author_name=speaker.title(), text=words
        )
        self._live.session.apply(self._make.heard(line))
        if self._random.random() < 0.3:
            self.change_people()

    def ask_or_answer(self):
        open_now = self._live.session.requests.all()
        if len(open_now) < 12:
            who = f"asker{next(self._numbers)}"
            asked = self._make.request(who, since=self._make.start - self._random.random() * 900)
            change = RequestsChanged((asked,), (), False, 1.0)
        else:
            change = RequestsChanged((), (self._random.choice(open_now).key,), False, 1.0)
        self._live.session.apply(change)


def row_presses(count, panel, hand, live, rest):
    """Presses on rows of a list of people."""
    rows, presses, said = panel.list, [], []
    model = rows.model()
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    for _ in range(count):
        live.controller.choose_person(None)
        rows.clearFocus()  # with the keyboard in it, the list would stand still
        hand.rest_at(rest())
        seen = [row for row in range(model.rowCount()) if _in_sight(rows, row)]
        row = hand._random.choice(seen)
        meant = model.index(row, 0).data(Role.TARGET).user_id
        said.clear()
        point = rows.visualRect(model.index(row, 0)).center()
        hand.go_and_press(rows.viewport(), point)
        told = bool(said) or not rows.indexAt(point).isValid()
        presses.append(Press(meant, _chosen(live), told))
    return presses


def quick_act_presses(count, window, hand, live, rest):
    """Presses on the quick acts of lines near the live end of the transcript."""
    rows, presses, said = window.transcript.list, [], []
    model, sent = rows.model(), live.engine.sent
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    for _ in range(count):
        hand.rest_at(rest())
        seen = [
            row
            for row in range(model.rowCount())
            if isinstance(model.entry(row), ItemEntry) and _in_sight(rows, row)
        ]
        row = hand._random.choice(seen[-12:])
        entry = model.entry(row)
        places = rows.itemDelegate().quick_places(rows.visualRect(model.index(row)), entry)
        before = len(sent.of(RequestAct))
        live.controller.choose_person(None)
        said.clear()
        hand.go_and_press(rows.viewport(), places["kick"].center())
        acts = sent.of(RequestAct)[before:]
        # Where a line of the same person came, the press may choose them instead.
        hit = acts[-1].act.user_ids[0] if acts else _chosen(live)
        told = bool(said) or not rows.indexAt(places["kick"].center()).isValid()
        presses.append(Press(entry.item.author_id, hit, told))
    return presses


def _chosen(live):
    target = live.controller.target
    return target.user_id if target else None


def somewhere(window, random, *, away_from):
    """Places in the window that are not over the list."""

    def rest():
        while True:
            place = QPoint(random.randrange(window.width()), random.randrange(window.height()))
            view = away_from.viewport()
            if not view.rect().contains(view.mapFrom(window, place)):
                return place

    return rest


def _in_sight(rows, row):
    place = rows.visualRect(rows.model().index(row, 0))
    return rows.viewport().rect().contains(place)


def press(list_name, rate, count, window, live, make, clock, random):
    """``count`` presses on the list called ``list_name``, which changes ``rate`` times a second."""
    call = MovingCall(live, make, random)
    match list_name:
        case "people":
            panel, change = window.people, call.change_people
        case "requests":
            for _ in range(12):
                call.ask_or_answer()
            live.commands.action("workspace.requests").trigger()
            panel, change = window.panels["requests"], call.ask_or_answer
        case _:
            for _ in range(60):
                call.speak()
            panel, change = window.transcript, call.speak
    hand = Hand(window, clock, random, change, rate)
    rest = somewhere(window, random, away_from=panel.list)
    if list_name == "transcript":
        return quick_act_presses(count, window, hand, live, rest)
    return row_presses(count, panel, hand, live, rest)
