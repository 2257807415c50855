"""A chat message is deleted from the review queue, and only when a person says so."""

from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Mode, Response
from console.domain.item import MESSAGE
from console.protocol.acts import ActsChanged
from tests.engine.automation.conftest import Desk, rule
from tests.engine.sources.test_messages import CHANNEL, chatting, judge_by_a_list

REMOVED = Conditions(actions=("remove",), kinds=(MESSAGE,))


async def test_a_message_is_deleted_once_a_person_accepts(sandbox, console):
    judge_by_a_list(sandbox)
    await chatting(sandbox, console)
    desk = Desk(console)
    await desk.use(rule(Response.DELETE_MESSAGE, mode=Mode.ACT, when=REMOVED))

    written = sandbox.world.chat.write(CHANNEL, "ann", "You are a blockhead.")
    asked = await desk.until(ProposalState.ASKED)
    assert asked.note == "Nothing can take this back, so it waits for a person."
    desk.decide(do=True)
    await desk.until(ProposalState.DONE)

    item = sandbox.world.judging.find_item("stream:chat:v1:message", written.id)
    assert [each.type for each in item.actions] == ["delete_message"]
    acts = [each.act for change in console.of(ActsChanged) for each in change.acts]
    assert {act.review.item_id for act in acts} == {item.id}
    assert sandbox.world.chat.messages[written.id].deleted_at is not None


async def test_what_is_not_in_the_queue_is_not_deleted_and_says_so(sandbox, console, desk):
    await desk.use(rule(Response.DELETE_MESSAGE, mode=Mode.ASK))
    sandbox.say(sandbox.ann, "You are an idiot.")
    await desk.until(ProposalState.ASKED)
    desk.decide(do=True)

    lapsed = await desk.until(ProposalState.LAPSED)
    assert lapsed.note == "Only a chat message that is in the review queue can be deleted."
