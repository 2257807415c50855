"""Help: what the words and signs of the window mean."""

from PySide6.QtWidgets import QWidget

from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.folding import folded_words, holds
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.scroll_room import ScrollRoom
from console.ui.widgets.search_field import SearchField

WORDS: tuple[tuple[str, str], ...] = (
    (
        "Verdict",
        "What a policy recommends for a line: keep, flag, shadow block, remove and more. The badge "
        "names the action first, then the reason, how severe it is, and who judged.",
    ),
    (
        "Local",
        "The policy on this computer judged, at once. Without this word Stream judged.",
    ),
    (
        "Provisional",
        "A badge with a dashed edge: Stream has still to decide and may come to another verdict.",
    ),
    (
        "Raised",
        "A line whose verdict recommends anything but keep.",
    ),
    (
        "Open",
        "A raised line about which nobody has decided. N and P go from one to the next. It ends by "
        "an act on the person, or where somebody marks it as handled, dismisses it or escalates "
        "it. Taken means that somebody sees to it; it stays open.",
    ),
    (
        "Escalated",
        "Put into Stream's review queue, where others decide. Undo opens it here again; the flag "
        "stays in the queue.",
    ),
    (
        "Incident",
        "Raised lines of one person in one call within a minute: one row in the list of open "
        "items, and one decision.",
    ),
    (
        "Heat",
        "How much a call needs a look now: raised lines, the severe ones more, half of it gone "
        "each minute. Shift+H says which lines make a call hot. While a call is not heard its heat "
        "stands still and is hatched.",
    ),
    (
        "Not monitored",
        "Nothing said in the call can be heard, since the time that is told with a running clock. "
        "People are shown as of then. The wall counts such calls.",
    ),
    (
        "Wall",
        "A tile for every call, which keeps its place. H goes into the call with the gravest open "
        "item, or the hottest one; Backspace goes back.",
    ),
    (
        "View",
        "A filter of the wall with the size and order of its tiles, kept under a name. Words are "
        "looked for in names; is:unheard, open>0, heat>=4, people>100 and others ask for more.",
    ),
    (
        "Disagreement",
        "The policy on this computer and Stream recommend different actions for the same line.",
    ),
    (
        "Label",
        "In a verdict, why it was given. A label that you give says whether a verdict is right: it "
        "stays on this computer, and the lab can fit thresholds to it.",
    ),
    (
        "Delay",
        "How long it took from the last word spoken to the line on screen, and from there to its "
        "verdict. A delay that grows means that lines are waiting.",
    ),
    (
        "Gap",
        "A stretch of time in which nothing of a call could be heard. Who said what then is not "
        "known here.",
    ),
    (
        "Seen in the call",
        "The last step of an act: the call itself, or a second look at it, showed its effect. "
        "Until then it is queued, sent, or accepted by Stream.",
    ),
    (
        "Outcome not known",
        "An act was sent, and nothing shows whether it was carried out. It is not sent again by "
        "itself where that could harm; the act log offers both ways.",
    ),
    (
        "Undo",
        "An act of its own that takes back what the last one changed, and nothing else.",
    ),
    (
        "Automation",
        "Rules that answer verdicts: they note (shadow), suggest (ask), or act after a countdown. "
        "F10 stops what the strip shows, F11 does it at once. What nothing takes back always waits "
        "for a person. What rules did stands in the act log and is undone like anything else.",
    ),
    (
        "Shadow",
        "A rule that only notes what it would do, and whether moderators then did the same; from "
        "enough cases it suggests a threshold.",
    ),
    (
        "Paused rule",
        "A rule that acted far more often than usual: it only asks until somebody lets it act "
        "again.",
    ),
    (
        "Call rule",
        "A rule that Stream runs on its own servers: it warns, blurs, mutes, kicks or ends the "
        "call at once, and nobody here can stop it.",
    ),
    (
        "Warn, blur",
        "Asks the app of the call to show a warning to somebody, or to blur their camera. Only an "
        "app that was written for it does so.",
    ),
    (
        "Kick, block, ban",
        "A kick ends this visit, and the person may come back. A block keeps them out of this "
        "call. A ban keeps them out of every call of the app, for a time or until it is lifted.",
    ),
    (
        "Mute, revoke",
        "A mute turns off what somebody sends now; they may turn it on again. Revoking takes the "
        "permission, until it is granted again.",
    ),
)
"""Each word and what it means, in the order in which a new moderator meets them."""


class WordsDialog(PlainDialog):
    """A list that can be searched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What the words mean", parent)
        self.setObjectName("words-dialog")
        self.add_heading("What the words mean")
        self.search = SearchField("Search", "Search the words")
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(self.reject)
        self.body.addWidget(self.search)
        self.entries = [_entry(word, meaning) for word, meaning in WORDS]
        self.nothing = PlainLabel("No word or meaning has that.", ink="dim")
        page = QWidget()
        in_column(
            *self.entries, self.nothing, None, owner=page, margins=(12, 10, 12, 10), spacing=12
        )
        self.body.addWidget(ScrollRoom(page), 1)
        self.add_button("Close", self.accept).setDefault(True)
        self.resize(560, 520)
        self._filter("")
        self.search.take_focus()

    def _filter(self, typed: str) -> None:
        wanted = folded_words(typed)
        for entry, texts in zip(self.entries, WORDS, strict=True):
            entry.setVisible(holds(" ".join(texts), wanted))
        self.nothing.setVisible(all(entry.isHidden() for entry in self.entries))


def _entry(word: str, meaning: str) -> QWidget:
    entry = QWidget()
    in_column(PlainLabel(word).strengthen(), PlainLabel(meaning, ink="dim", wrap=True), owner=entry)
    return entry
