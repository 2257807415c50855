"""What the scripted moderator does at the desk, by the keys and buttons of the window.

Each step returns whether it could be done: a short shift, or a quiet one, has no item of the queue
and no countdown to stop.
"""

import asyncio
from collections.abc import Callable

from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.acts.account import DEACTIVATE_USER, REACTIVATE_USER
from console.domain.acts.permission import KEEP_MUTED
from console.domain.acts.suspension import RESUME_CALL, SUSPEND_CALL
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Mode, Response, Rule, Step
from console.domain.call import PERMISSION_OF_TRACK, Track
from console.domain.raised import RaisedState
from console.domain.sanction import Form, sanction_id
from console.domain.verdict import REMOVE
from console.protocol.automation import RulesSaved, SaveRules
from console.protocol.sanctions import SanctionAnswer, TimeSanction
from console.ui.acts.timed_dialog import TimedDialog
from console.ui.demo.hand import LOOK_SECONDS, Hand, click, open_dialog
from console.ui.state.armed import SETTLE_S
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext

TIMED_SECONDS = 8.0

MUTE_RULE = Rule(
    rule_id="demo-mute",
    name="Remove: mute",
    when=Conditions(actions=(REMOVE,)),
    steps=(Step(responses=(Response.MUTE,)),),
    mode=Mode.ACT,
    veto_s=4.0,
)

COUNTDOWN_PATIENCE_S = 4.0
QUEUE_PATIENCE_S = 3.0
QUEUE_ITEMS = 2
RAISED_PATIENCE_S = 2.0


class ScriptedDesk:
    """Decides raised lines, items of the queue and proposals; sets sanctions and lifts them."""

    def __init__(self, hand: Hand, context: WindowContext) -> None:
        self._hand = hand
        self._context = context
        self._vetoed = False

    async def turn_on_automation(self) -> bool:
        """Let a rule mute whoever says what should be removed, after a few seconds."""
        automation = self._context.session.automation
        rules = (MUTE_RULE, *automation.book.rules)
        self._context.link.ask(SaveRules(new_id(), replace(automation.book, rules=rules)), _nothing)
        return await self._hand.until(
            lambda: automation.book.find(MUTE_RULE.rule_id) is not None, 2.0
        )

    async def handle(self) -> bool:
        """Say of the next open line that it is dealt with."""
        return await self._decide("item.handle", RaisedState.HANDLED)

    async def dismiss(self) -> bool:
        """Say of the next open line that it is nothing."""
        return await self._decide("item.dismiss", RaisedState.DISMISSED)

    async def decide_queue_items(self) -> bool:
        """Mark two items of the review queue as reviewed, and come back."""
        self._hand.key("workspace.queue")
        done = [await self._decide_item() for _ in range(QUEUE_ITEMS)]
        self._hand.key("workspace.live")
        return all(done)

    async def _decide_item(self) -> bool:
        """Mark the item that is shown as reviewed; the next one is shown by itself."""
        before, controller = self._decided(), self._context.controller
        if not await self._hand.until(lambda: bool(controller.items), QUEUE_PATIENCE_S):
            self._hand.key("go.next")
            if not await self._hand.until(lambda: bool(controller.items), 1.0):
                return False
        self._hand.key("queue.mark_reviewed")
        if controller.arming.armed is not None:  # somebody else has looked at it, too
            self._hand.key("queue.mark_reviewed")
        return await self._hand.until(lambda: self._decided() > before, QUEUE_PATIENCE_S)

    async def meet_automation(self) -> bool:
        """Wait for the first countdown and stop it; let every other one run."""
        automation = self._context.session.automation
        if self._vetoed:
            return True
        if not await self._hand.until(lambda: automation.aimed() is not None, COUNTDOWN_PATIENCE_S):
            return False
        return await self.stop_one()

    async def stop_one(self) -> bool:
        """Stop the countdown that runs, if none was stopped before."""
        automation = self._context.session.automation
        if self._vetoed or automation.aimed() is None:
            return self._vetoed
        await asyncio.sleep(0.5)  # a press right after a change of what it decides is refused
        aimed = automation.aimed()
        if aimed is None:
            return False
        self._hand.key("automation.stop")
        self._vetoed = await self._hand.until(
            lambda: automation.proposals[aimed.proposal_id].state is ProposalState.STOPPED, 2.0
        )
        return self._vetoed

    async def suspend_and_restore(self) -> bool:
        """Take everybody's rights in the chosen call, and give them back."""
        if self._context.controller.cid == "":
            return False
        return await self._by_key(SUSPEND_CALL) and await self._by_key(RESUME_CALL)

    async def deactivate_and_reactivate(self) -> bool:
        """Shut the account of the person on the card, and open it again."""
        return await self._by_button(DEACTIVATE_USER) and await self._by_button(REACTIVATE_USER)

    async def mute_for_a_time(self) -> bool:
        """Keep the person on the card muted, for a time that ends in the shift."""
        target = self._context.controller.target
        if target is None or self._hand.left < 2 * TIMED_SECONDS:
            return False
        if not await self._hand.press_act(KEEP_MUTED):
            return False
        if not await self._hand.until(lambda: isinstance(open_dialog(), TimedDialog)):
            return False
        dialog = open_dialog()
        if not isinstance(dialog, TimedDialog) or not await self._hand.close_dialog(dialog.go):
            return False
        sanctions = self._context.session.sanctions
        held = sanction_id(
            Form.REVOKED, target.cid, target.user_id, PERMISSION_OF_TRACK[Track.AUDIO]
        )
        if not await self._hand.until(lambda: sanctions.find(held) is not None):
            return False
        # The form knows minutes, and a shift of the demo may be shorter than one.
        self._context.link.ask(TimeSanction(new_id(), held, TIMED_SECONDS / 60), _nothing)
        return True

    async def _decide(self, command_id: str, becomes: RaisedState) -> bool:
        raised, desk = self._context.session.raised, self._context.desk
        if not await self._hand.until(lambda: raised.count() > 0, RAISED_PATIENCE_S):
            return False
        self._hand.key("go.next_raised")
        if not await self._hand.until(lambda: bool(desk.chosen), 1.5):
            return False
        chosen = desk.chosen[0]
        await asyncio.sleep(LOOK_SECONDS)
        self._hand.key(command_id)
        return await self._hand.until(
            lambda: (one := raised.find(chosen)) is not None and one.state is becomes, 2.0
        )

    async def _by_key(self, kind: str) -> bool:
        """The key of an act, once more where it was armed, until the call shows it."""
        return await self._until_seen(kind, lambda: self._hand.key(f"act.{kind}"))

    async def _by_button(self, kind: str) -> bool:
        button = f"act.{kind}"
        if not await self._hand.until(lambda: self._hand.button(button) is not None, 1.0):
            return False

        def press() -> None:
            found = self._hand.button(button)
            if found is not None:
                click(found)

        return await self._until_seen(kind, press)

    async def _until_seen(self, kind: str, press: Callable[[], object]) -> bool:
        before = self._seen(kind)
        press()
        if self._context.controller.arming.armed is not None:
            await asyncio.sleep(2 * SETTLE_S)
            press()
        return await self._hand.until(lambda: self._seen(kind) > before)

    def _seen(self, kind: str) -> int:
        receipts = self._context.session.acts.values()
        return sum(
            one.act.kind == kind and one.receipt.state is ReceiptState.SEEN for one in receipts
        )

    def _decided(self) -> int:
        session = self._context.session
        return session.queue.counts(session.acts.values()).decided


def _nothing(_answer: RulesSaved | SanctionAnswer) -> None:
    """What came of it shows in what the engine pushes."""
