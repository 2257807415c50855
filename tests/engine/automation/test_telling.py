"""The response *notify*: shown in the window, and told to a server of the user's, signed."""

import hashlib
import hmac
import json

import pytest
from starlette.applications import Starlette
from starlette.responses import Response as Answered
from starlette.routing import Route

from console.base import secrets
from console.domain.automation.book import RuleBook
from console.domain.automation.check import problems_of
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Mode, Response
from console.engine.services.automation import webhook
from console.protocol.automation import KeepWebhookSecret, WebhookSecretKept
from console.protocol.to_window import Problem
from console.sandbox.server import serving
from tests.engine.automation.conftest import RUDE, rule


class Hook:
    """A server of the user's. ``answers``: the statuses it gives; 200 after that."""

    def __init__(self):
        self.url = ""
        self.answers = []
        self.told = []

    async def take(self, request):
        self.told.append((dict(request.headers), await request.body()))
        return Answered(status_code=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def hook(monkeypatch):
    monkeypatch.setattr(webhook, "PAUSES", (0.01, 0.01))

    async def no_keyring(_self):
        return False

    monkeypatch.setattr(secrets.Secrets, "_has_keyring", no_keyring)
    made = Hook()
    app = Starlette(routes=[Route("/hook", made.take, methods=["POST"])])
    async with serving(app) as address:
        made.url = f"{address.base_url}/hook"
        yield made


async def test_a_rule_that_only_tells_has_nothing_to_stop(sandbox, console, desk):
    await desk.use(rule(Response.NOTIFY, mode=Mode.ASK, veto_s=30.0))
    sandbox.say(sandbox.ann, RUDE)
    done = await desk.until(ProposalState.DONE)
    assert done.act_ids == ()


async def test_the_webhook_is_told_signed_and_again_where_it_refuses(sandbox, console, desk, hook):
    console.router.answer(KeepWebhookSecret("s", "a secret"))
    await console.until(lambda: console.of(WebhookSecretKept))
    hook.answers = [503]
    await desk.use(rule(Response.NOTIFY, Response.MUTE), webhook=hook.url)
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.DONE)
    await console.until(lambda: len(hook.told) == 2)

    (first, body), (again, same) = hook.told
    assert body == same
    assert (first["x-webhook-attempt"], again["x-webhook-attempt"]) == ("1", "2")
    signed = hmac.new(b"a secret", body, hashlib.sha256).hexdigest()
    assert again["x-signature"] == signed
    told = json.loads(body)
    assert (told["rule"], told["user_id"], told["text"]) == ("Insults", "ann", RUDE)
    assert told["responses"] == ["notify", "mute"]


async def test_a_webhook_that_takes_nothing_is_a_problem_and_the_rest_goes_on(
    sandbox, console, desk, hook
):
    hook.answers = [500, 500, 500]
    await desk.use(rule(Response.NOTIFY, Response.MUTE), webhook=hook.url)
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.DONE)
    await console.until(lambda: any(each.place == "webhook" for each in console.of(Problem)))
    (problem,) = [each for each in console.of(Problem) if each.place == "webhook"]
    assert problem.sentence == "Your webhook did not take it: it answered 500."


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://me.example/hook", True),
        ("http://127.0.0.1:9/hook", True),
        ("http://me.example/hook", False),
        ("ftp://me.example", False),
        ("https://", False),
        ("https://me.example:x/", False),
    ],
)
def test_a_webhook_is_told_over_https_only(url, right):
    assert (problems_of(RuleBook(webhook=url)) == ()) is right
