"""What is marked in the text of a line: what it is, what matched a rule, what is searched for."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout

from console.domain.item import Item
from console.ui.state.entries import ItemEntry
from console.ui.transcript.item_painters import painter_of
from console.ui.widgets.text_marks import format_range
from console.ui.widgets.theme import Theme


def matched_words(entry: ItemEntry) -> list[tuple[int, int]]:
    """Code points of the words that matched a rule, also together with a later line."""
    matches = entry.verdict.matches if entry.verdict is not None else ()
    own = [(each.start, each.end) for each in matches] or list(entry.marked)
    return own + [(words.start, words.end) for _, words in entry.carried_on]


def text_marks(
    item: Item, matched: Sequence[tuple[int, int]], found: str, theme: Theme
) -> list[QTextLayout.FormatRange]:
    """What the content is in faint ink, what was deleted struck out, the words that matched a rule
    underlined, and what is searched for on a coloured ground.
    """
    painter = painter_of(item)
    shown, lead = painter.text(item), len(painter.lead(item))
    marks: list[QTextLayout.FormatRange] = []
    if lead:
        form = QTextCharFormat()
        form.setForeground(theme.color("text_faint"))
        marks.append(format_range(shown, 0, lead, form))
    if item.deleted:
        form = QTextCharFormat()
        form.setFontStrikeOut(True)
        form.setForeground(theme.color("text_dim"))
        marks.append(format_range(shown, lead, len(shown), form))
    if matched and shown[lead:] == item.text:
        for start, end in matched:
            if 0 <= start < end <= len(item.text):
                form = QTextCharFormat()
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                form.setUnderlineColor(QColor(theme.hex("warn")))
                form.setFontWeight(QFont.Weight.DemiBold)
                marks.append(format_range(shown, lead + start, lead + end, form))
    if found:
        folded, wanted = shown.lower(), found.lower()
        start = folded.find(wanted) if len(folded) == len(shown) else -1
        while start >= 0 and len(marks) < 64:
            form = QTextCharFormat()
            form.setBackground(theme.color("accent_fill"))
            form.setForeground(theme.color("on_accent"))
            marks.append(format_range(shown, start, start + len(wanted), form))
            start = folded.find(wanted, start + len(wanted))
    return marks
