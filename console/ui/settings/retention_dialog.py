"""How long what is kept: a plan that takes effect only after its preview was read."""

from PySide6.QtWidgets import QWidget

from console.domain.retention import LEAST_MB, MOST_DAYS, MOST_MB, Kept, RetentionPlan, wrong_with
from console.protocol.retention import AskRetention, Retention, SetRetention
from console.ui.settings.retention_row import RetentionRow, mark_wrong
from console.ui.settings.retention_words import going_words, numbers_words, size_words
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.entry_field import EntryField
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.scroll_room import ScrollRoom
from console.ui.widgets.timers import one_shot

PREVIEW_MS = 400
_LIMIT_HELP = (
    "Beyond this size the oldest lines, messages and frames go before their time."
    " Empty is no limit."
)
_STAYS = "What is open, what is in force and what somebody holds never goes."


class RetentionDialog(PlainDialog):
    """Asks the engine for the plan, and for what would go under each change of it."""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__("What is kept", parent)
        self.setObjectName("retention-dialog")
        self._context = context
        self._asked = ""
        self._previewed: RetentionPlan | None = None
        self._used: RetentionPlan | None = None
        self.add_heading("What is kept, and for how long")
        self.add_sentence(f"It holds for all apps in the store of this machine. {_STAYS}")
        self.rows = {kept: RetentionRow(kept) for kept in Kept}
        self.limit = EntryField("none", "Size limit in MB")
        self.limit.setFixedWidth(76)
        self.limit.setMaxLength(7)
        self.limit.setObjectName("retention-limit")
        self.limit.textEdited.connect(self._on_changed)
        self.limit.left.connect(self.reject)
        page = QWidget()
        page.setProperty("surface", "panel")
        column = in_column(owner=page, margins=(12, 4, 0, 4))
        for row in self.rows.values():
            row.changed.connect(self._on_changed)
            row.days.left.connect(self.reject)
            column.addWidget(row)
        column.addLayout(
            in_row(
                (PlainLabel("Size limit").strengthen(), 1),
                self.limit,
                PlainLabel("MB", ink="dim"),
                margins=(0, 6, 12, 2),
                spacing=8,
            )
        )
        column.addWidget(PlainLabel(_LIMIT_HELP, ink="dim", wrap=True))
        column.addStretch(1)
        self.body.addWidget(ScrollRoom(page), 1)
        self.preview = PlainLabel("Reading…", wrap=True)
        self.preview.setObjectName("retention-preview")
        self.said = PlainLabel("", ink="dim", wrap=True)
        self.body.addWidget(self.preview)
        self.body.addWidget(self.said)
        self.add_side_button("Defaults", self._show_defaults, name="retention-defaults")
        self.use = self.add_button("Use this from now on", self._use, name="retention-use")
        self.add_button("Close", self.accept).setDefault(True)
        self._soon = one_shot(PREVIEW_MS, self)
        self._soon.timeout.connect(self._ask)
        self.resize(640, 640)
        self._offer()
        self._send(AskRetention(new_id()))

    @property
    def plan(self) -> RetentionPlan | None:
        """The plan as it stands here; None while a field is wrong."""
        rules = {kept.value: row.rule for kept, row in self.rows.items()}
        most_mb = self._most_mb
        if None in rules.values() or most_mb is None:
            return None
        plan = RetentionPlan(
            most_mb=most_mb, **{name: rule for name, rule in rules.items() if rule}
        )
        return None if wrong_with(plan) else plan

    @property
    def _most_mb(self) -> int | None:
        """The size limit as it stands here, 0 for none; None while it is wrong."""
        typed = self.limit.text().strip()
        if not typed:
            return 0
        right = typed.isascii() and typed.isdigit() and LEAST_MB <= int(typed) <= MOST_MB
        return int(typed) if right else None

    def _on_changed(self) -> None:
        mark_wrong(self.limit, wrong=self._most_mb is None)
        self._offer()
        self._soon.start()

    def _ask(self) -> None:
        plan = self.plan
        if plan is None:
            said = (
                f"A time is a whole number of days from 1 to {MOST_DAYS:,}, or empty for good;"
                f" a limit is {LEAST_MB} to {MOST_MB:,} MB, or empty for none."
            )
            self.preview.show_text(said)
            return
        self._send(AskRetention(new_id(), plan))

    def _send(self, question: AskRetention | SetRetention) -> None:
        self._asked = question.request_id
        self.preview.show_text("Counting what would go…")
        self._context.link.ask(question, lambda found: self._on_found(question, found))

    def _on_found(self, question: AskRetention | SetRetention, found: Retention) -> None:
        if found.request_id != self._asked:
            return
        if found.sentence:
            self.preview.show_text(f"{found.sentence} {found.advice}".strip())
            return
        first = self._used is None
        self._used = found.plan
        if first or isinstance(question, SetRetention):
            self._show(found.plan)
        self._previewed = question.plan or found.plan
        self.preview.show_text(going_words(found.going))
        self.said.show_text(
            " ".join(filter(None, (size_words(found.size), numbers_words(found.numbers))))
        )
        self._offer()

    def _show(self, plan: RetentionPlan) -> None:
        for kept, row in self.rows.items():
            row.show_rule(plan.rule(kept))
        self.limit.setText(str(plan.most_mb) if plan.most_mb else "")
        mark_wrong(self.limit, wrong=False)

    def _show_defaults(self) -> None:
        self._show(RetentionPlan())
        self._on_changed()

    def _offer(self) -> None:
        """A plan can be used once what would go under it was shown."""
        plan = self.plan
        changed = plan is not None and plan != self._used
        self.use.setEnabled(changed and plan == self._previewed)
        why = "" if changed else "Nothing was changed."
        self.use.setToolTip(why or ("" if self.use.isEnabled() else "What would go is counted."))

    def _use(self) -> None:
        plan = self.plan
        if plan is not None and plan == self._previewed:
            self._send(SetRetention(new_id(), plan))
            self._previewed = None
            self._offer()
