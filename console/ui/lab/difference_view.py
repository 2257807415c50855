"""Shows what would change in a policy, with signs and in colours."""

import difflib

from PySide6.QtGui import QColor, QFontDatabase, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from console.base.plain_text import visible
from console.protocol.lab_stream import ListDifference, PolicyDifference
from console.ui.widgets.theme import Theme

MAX_SHOWN = 40


def list_lines(found: ListDifference) -> list[str]:
    """What a push changes in one list: a headline, then + and − lines."""
    lines = [visible(found.sentence)]
    for sign, words in (("+", found.added), ("−", found.removed)):
        lines += [f"  {sign} {visible(word)}" for word in words[:MAX_SHOWN]]
        if len(words) > MAX_SHOWN:
            lines.append(f"  {sign} and {len(words) - MAX_SHOWN:,} more")
    lines += [f"  ~ {visible(flag)}" for flag in found.flags]
    return lines


def difference_text(found: PolicyDifference) -> str:
    """Everything that a push would change, + for new and − for gone."""
    lines: list[str] = []
    for each in found.lists:
        lines += [*list_lines(each), ""]
    lines += [visible(sentence) for sentence in found.sections]
    if found.before != found.after:
        lines += ["", "The config:"]
        changes = difflib.unified_diff(
            found.before.split("\n"), found.after.split("\n"), lineterm="", n=2
        )
        for line in list(changes)[2:]:
            if line.startswith("@@"):
                lines.append("  …")
            else:
                sign = "−" if line[:1] == "-" else line[:1] or " "
                lines.append(f"  {sign} {visible(line[1:]) if line[1:].strip() else ''}")
    return "\n".join(lines).strip()


def text_difference(before: str, after: str) -> str:
    """What changes from one text of a policy to another, + for new and − for gone."""
    found = PolicyDifference(request_id="", before=before, after=after)
    return difference_text(found).removeprefix("The config:").strip("\n")


class DifferencePainter(QSyntaxHighlighter):
    """Paints added lines green and removed lines red."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme

    def highlightBlock(self, text: str) -> None:
        sign = text.strip()[:1] if text.startswith("  ") else ""
        token = {"+": "good", "−": "bad", "~": "warn", "…": "text_faint"}.get(sign, "")
        if not token:
            return
        dress = QTextCharFormat()
        dress.setForeground(QColor(self._theme.color(token)))
        self.setFormat(0, len(text), dress)


class DifferenceView(QPlainTextEdit):
    """A read-only text; Tab moves to the next widget."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._painter = DifferencePainter(self.document(), theme)
