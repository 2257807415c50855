"""Two consoles on one app: what a colleague does by hand, the other one's automation sees."""

from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Mode, Response
from console.domain.sign_in import Method
from console.protocol.automation import DecideProposal
from console.protocol.connection import SignIn
from tests.engine.automation.conftest import CID, RUDE, rule
from tests.engine.conftest import Console


async def second(sandbox, home, clock):
    """A console of another moderator, who watches the same call."""
    sandbox.world.add_user("mo", "Mo", role="moderator")
    made = Console(home / "second", clock)
    made.engine.start()
    profile = replace(sandbox.profile(Method.TOKEN), user_id="mo")
    made.router.answer(SignIn(profile=profile, secret=sandbox.keys.user_token("mo")))
    await made.live(CID)
    return made


async def test_a_colleague_who_acts_ends_the_countdown_and_agrees_with_the_shadow(
    sandbox, console, desk, tmp_path, shared_clock
):
    colleague = await second(sandbox, tmp_path, shared_clock)
    await desk.use(
        rule(Response.MUTE, mode=Mode.SHADOW, name="Shadow"),
        rule(Response.MUTE, veto_s=60.0),
    )
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.COUNTING)

    colleague.act("mute_audio", CID, "ann")

    lapsed = await desk.until(ProposalState.LAPSED)
    assert (lapsed.by, lapsed.note) == ("mo", "Mute microphone: done by mo meanwhile.")
    shadow = next(each for each in desk.proposals.values() if each.rule == "Shadow")
    assert (shadow.agreed, shadow.by) == (True, "mo")
    await colleague.close()


async def test_whatever_a_colleague_does_to_the_person_stops_what_a_rule_is_about_to_do(
    sandbox, console, desk, tmp_path, shared_clock
):
    colleague = await second(sandbox, tmp_path, shared_clock)
    await desk.use(rule(Response.BAN, veto_s=60.0))
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.COUNTING)

    colleague.act("kick", CID, "ann")

    lapsed = await desk.until(ProposalState.LAPSED)
    assert (lapsed.by, lapsed.note) == ("mo", "Kick: done by Mo meanwhile.")
    await colleague.close()


async def test_what_a_colleague_reported_already_is_not_reported_again(
    sandbox, console, desk, tmp_path, shared_clock
):
    colleague = await second(sandbox, tmp_path, shared_clock)
    await desk.use(rule(Response.FLAG, veto_s=60.0))
    sandbox.say(sandbox.ann, RUDE)
    counting = await desk.until(ProposalState.COUNTING)
    flag = colleague.act("flag", CID, "ann", item=counting.item)
    await colleague.until(
        lambda: (receipt := colleague.receipt(flag)) and receipt.state is ReceiptState.SEEN
    )

    console.router.answer(DecideProposal(counting.proposal_id, do=True))

    already = await desk.until(ProposalState.ALREADY)
    assert already.note == "Somebody has put it into the review queue already."
    (item,) = sandbox.world.judging.items.values()
    assert len(item.flags) == 1
    await colleague.close()
