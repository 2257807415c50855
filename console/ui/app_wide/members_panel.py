"""The members of the call that is shown: who may come in when only members may."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QPushButton

from console.base.plain_text import visible
from console.domain.acts.member import ACTS, ADD_MEMBER, REMOVE_MEMBER, ROLES, SET_MEMBER_ROLE
from console.domain.acts.table import spec_of
from console.protocol.members import AskMembers, CallMember, MembersAnswer
from console.ui.acts.act_button import ActButton
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.short_texts import count, moment
from console.ui.widgets.table_model import Column, TableModel
from console.ui.widgets.timers import one_shot

AGAIN_MS = 400
_NO_CALL = Blank("people", "Choose a call to see its members.")
_READING = Blank("hourglass", "Reading the members…")
_NOBODY = Blank("people", "This call has no members.", "Choose people and make them members.")
_KINDS = frozenset(spec.kind for spec in ACTS)

COLUMNS = (
    Column[CallMember]("Name", lambda member: visible(member.name)),
    Column[CallMember]("Role", lambda member: visible(member.role), 92),
    Column[CallMember]("Since", lambda m: moment(m.since), 124, key=lambda m: m.since, room=360),
)


class MembersPanel(Panel):
    """Choosing a row aims at that member; whoever is chosen anywhere can be made one."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._cid = ""
        self._read = False
        self._members: tuple[CallMember, ...] = ()
        self._next = ""
        self.model = TableModel(COLUMNS, self, row_tip=lambda member: member.user_id)
        self.table = self.rows = RowTable(self.model, "Members", context.theme, sortable=True)
        self.table.setObjectName("members")
        self.table.setSelectionMode(RowTable.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._choose_rows())
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.blank, self.table)
        chosen = context.controller
        self.add = ActButton(spec_of(ADD_MEMBER), context, lambda: chosen.chosen, small=True)
        self.remove = ActButton(spec_of(REMOVE_MEMBER), context, lambda: chosen.chosen, small=True)
        self.role = QComboBox()
        self.role.setEditable(True)
        self.role.addItems(ROLES)
        self.role.setAccessibleName("Role")
        self.set_role = QPushButton("Change role")
        self.set_role.setAutoDefault(False)
        self.set_role.clicked.connect(self._change_role)
        self.words = PlainLabel(ink="faint", wrap=True)
        self.more = QPushButton("More")
        self.more.setAutoDefault(False)
        self.more.clicked.connect(lambda: self._ask(self._next))
        acts = in_row(self.add, self.remove, None, spacing=4)
        role = in_row((self.role, 1), self.set_role, spacing=4)
        foot = in_row((self.words, 1), self.more, spacing=4)
        tail = in_column(acts, role, foot, margins=(8, 6, 8, 8), spacing=6)
        in_column((self._stack, 1), tail, owner=self)
        self._later = one_shot(AGAIN_MS, self)
        self._later.timeout.connect(self._follow)
        controller, session = context.controller, context.session
        controller.call_chosen.connect(lambda _cid: self._follow())
        controller.people_chosen.connect(lambda _people: self._refresh_acts())
        session.acts_changed.connect(self._on_acts)
        session.calls_changed.connect(lambda _cids: self._refresh_acts())
        session.cleared.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Show the members of the call that is shown."""
        cid = self._context.controller.cid
        if cid != self._cid:
            self._cid, self._members, self._next = cid, (), ""
            self.blank.show_blank(_READING if cid else _NO_CALL)
            self._show()
            self._read = False
        if self.isVisible() and not self._read:
            self._read = True
            self._ask("")
        self._refresh_acts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def _ask(self, next_page: str) -> None:
        if self._cid:
            self._context.link.ask(AskMembers(new_id(), self._cid, next_page), self._on_answer)

    def _on_answer(self, answer: MembersAnswer) -> None:
        if answer.sentence:
            self.words.show_text(answer.sentence)
            return
        if answer.cid != self._cid:
            return
        # Whoever is on an earlier page too is shown once.
        before = self._members if self._next and len(self._members) >= len(answer.members) else ()
        known = {member.user_id: member for member in before}
        self._members = tuple((known | {m.user_id: m for m in answer.members}).values())
        self._next = answer.next_page
        self.blank.show_blank(_NOBODY)
        self._show()

    def _show(self) -> None:
        self.model.change_rows(self._members)
        self._stack.setCurrentIndex(1 if self._members else 0)
        self.more.setVisible(bool(self._next))
        many = count(len(self._members), "member")
        self.words.show_text(f"{many}{' read so far' if self._next else ''}" if self._cid else "")
        self.note_changed.emit(str(len(self._members)) if self._members else "")

    def _target(self, member: CallMember) -> Target:
        call = self._context.session.call(self._cid)
        return Target(
            cid=self._cid,
            session_id=call.session_id if call else "",
            user_id=member.user_id,
            name=member.name,
            call_name=call.name if call else self._cid,
            banned=member.banned,
        )

    def _choose_rows(self) -> None:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        found = [self._target(m) for row in rows if (m := self.model.row(row)) is not None]
        if found:
            self._context.controller.choose_people(found)

    def _refresh_acts(self) -> None:
        self.add.refresh()
        self.remove.refresh()
        controller = self._context.controller
        why = controller.why_none(SET_MEMBER_ROLE, controller.chosen)
        self.set_role.setEnabled(not why)
        self.set_role.setToolTip(tip(why or spec_of(SET_MEMBER_ROLE).consequence))

    def _change_role(self) -> None:
        role = self.role.currentText().strip()
        if not role:
            self._context.controller.say("Say which role they are to have.", "warn")
            return
        self._context.controller.request_act(SET_MEMBER_ROLE, pointed=True, role=role)

    def _on_acts(self, act_ids: tuple[str, ...]) -> None:
        acts = self._context.session.acts
        if any(
            each in acts and acts[each].act.kind in _KINDS and acts[each].act.cid == self._cid
            for each in act_ids
        ):
            self._read = False
            self._later.start()

    def sizeHint(self) -> QSize:
        return QSize(332, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)
