"""The world: users, calls, who is in them and what happens there. The parts do the work."""

from collections.abc import Mapping
from typing import Any

from console.base.clock import Clock, SystemClock
from console.policy.coverage import ModelsFor, no_models
from console.sandbox.accounts import Accounts
from console.sandbox.appeals import Appeals
from console.sandbox.attendance import Attendance
from console.sandbox.call_control import CallControl
from console.sandbox.call_rules import CallRules
from console.sandbox.chat import Chat
from console.sandbox.chat_gate import ChatGate
from console.sandbox.fidelity.avatars import Avatars, of_either
from console.sandbox.fidelity.egress import Egresses
from console.sandbox.fidelity.frames import Frames
from console.sandbox.fidelity.history import History
from console.sandbox.fidelity.hooks import Hooks
from console.sandbox.fidelity.labelling import Labelling
from console.sandbox.inbox import Inbox
from console.sandbox.judging import Judging
from console.sandbox.policy_tests import PolicyTests
from console.sandbox.records import User
from console.sandbox.review_service import ReviewService
from console.sandbox.roles import Roles
from console.sandbox.sanctions import Sanctions
from console.sandbox.speech import Speech
from console.sandbox.state import State
from console.sandbox.user_groups import UserGroups

MODERATOR_ID = "moderator"


class World:
    """One app of Stream with everything in it.

    Attributes:
        state: what is known. attendance, sanctions, speech, chat, gate, control, egresses, frames,
            avatars, judging, accounts, reviews, appeals, policy_tests, labelling, inbox,
            call_rules: the parts that change it, each with its own subject.
        history: what sessions were like. hooks: the URLs and queues that
            events go to beside sockets. roles, user_groups: those of the app.
    """

    def __init__(self, clock: Clock | None = None, models_for: ModelsFor = no_models) -> None:
        self.state = State(clock or SystemClock())
        self.attendance = Attendance(self.state)
        self.sanctions = Sanctions(self.state, self.attendance)
        self.speech = Speech(self.state)
        self.chat = Chat(self.state)
        self.control = CallControl(self.state, self.attendance)
        self.egresses = Egresses(self.state)
        self.frames = Frames(self.state, self.egresses)
        self.accounts = Accounts(self.state, self.attendance)
        self.avatars = Avatars(self.state, self.accounts)
        labels_of = of_either(self.frames.labels_of, self.avatars.labels_of)
        self.judging = Judging(self.state, labels_of, models_for)
        self.gate = ChatGate(self.state, self.chat, self.judging)
        self.reviews = ReviewService(
            self.state, self.judging, self.sanctions, self.control, self.accounts
        )
        self.appeals = Appeals(self.state, self.judging, self.reviews)
        self.policy_tests = PolicyTests(self.state, self.judging, self.accounts)
        self.labelling = Labelling(self.state, self.judging)
        self.inbox = Inbox(self.state)
        self.call_rules = CallRules(
            self.state,
            self.judging,
            self.sanctions,
            self.control,
            self.reviews,
            self.frames.labels_of,
        )
        self.history = History(self.state)
        self.hooks = Hooks(self.state)
        self.roles = Roles(self.state.now())
        self.user_groups = UserGroups(self.state)

    def add_user(
        self,
        user_id: str,
        name: str = "",
        role: str = "user",
        language: str = "en",
        custom: Mapping[str, Any] | None = None,
        image: str = "",
    ) -> User:
        """A user; one with this id that exists already is changed."""
        user = self.state.users.get(user_id)
        if user is None:
            user = User(user_id, name or user_id, self.state.now(), role)
            self.state.users[user_id] = user
        user.name, user.role, user.language = name or user.name, role, language
        user.image = image or user.image
        if custom is not None:
            user.custom = dict(custom)
        user.touch(self.state.now())
        return user
