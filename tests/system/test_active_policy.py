"""The policy file of a running engine: changed under it, broken, mended, taken away."""

from console.domain.sign_in import Method
from console.domain.verdict import EarlierWords
from tests.system.conftest import until
from tests.system.test_engine_and_sandbox import captioned, one_call

POLICY = """key = "custom:captions"
blocklist_files = ["own-words.toml"]
[block_list_config]
rules = [{ name = "own", action = "remove" }]
"""
WORDS = '[[blocklists]]\nname = "own"\nlabel = "OWN"\nwords = ["parsnip"]\n'


async def test_the_engine_judges_by_the_file_as_it_is_now(start_sandbox, engine):
    sandbox = await start_sandbox("town-hall")
    await engine.sign_in(sandbox.address, Method.TOKEN)
    cid = (await one_call(engine)).cid
    await captioned(engine, cid)
    config = engine.home / "config"
    said = 0

    async def verdict():
        """What the local policy makes of a line said now; here it is the last word."""
        nonlocal said
        said += 1
        body = {"cid": cid, "user_id": "gil", "text": f"parsnip number {said}"}
        assert (await sandbox.control("/say", body))["captioned"]
        await until(lambda: len(engine.heard) == said, what="the line", changed=engine.changed)
        found = engine.verdicts[engine.heard[-1].item_id]
        assert (found.source, found.provisional) == ("local", False)
        return found.action, found.labels

    async def verdict_is(wanted):
        for _ in range(1000):
            if (found := await verdict()) == wanted:
                return
        raise AssertionError(f"still {found}")

    assert await verdict() == ("keep", ())
    (config / "own-words.toml").write_text(WORDS, "utf-8")
    (config / "policy.toml").write_text(POLICY, "utf-8")
    await verdict_is(("remove", ("OWN",)))

    assert not [p for p in engine.problems if p.place == "policy"]
    (config / "policy.toml").write_text(POLICY + "\nrules = nonsense", "utf-8")
    problem = await until(
        lambda: next((p for p in engine.problems if p.place == "policy"), None),
        what="a problem",
        changed=engine.changed,
    )
    assert problem.sentence.startswith("The policy has 1 error, so the last good one judges on.")
    assert "policy.toml:" in problem.sentence
    assert await verdict() == ("remove", ("OWN",))

    (config / "policy.toml").write_text(POLICY.replace("remove", "flag"), "utf-8")
    await verdict_is(("flag", ("OWN",)))
    (config / "policy.toml").unlink()
    await verdict_is(("keep", ()))


BY_MEANING = """key = "custom:captions"
[automod_semantic_filters_config]
rules = [{ name = "money", action = "remove", threshold = 0.55 }]
[[semantic_filters]]
name = "money"
label = "SCAM"
severity = "high"
phrases = ["send money to this account"]
"""


async def test_a_line_is_judged_by_what_it_means(start_sandbox, engine):
    config = engine.home / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "policy.toml").write_text(BY_MEANING, "utf-8")
    sandbox = await start_sandbox("town-hall")
    await engine.sign_in(sandbox.address, Method.TOKEN)
    cid = (await one_call(engine)).cid
    await captioned(engine, cid)
    for text in ("transfer the cash to my bank please", "the bus to the bank was late"):
        body = {"cid": cid, "user_id": "gil", "text": text}
        assert (await sandbox.control("/say", body))["captioned"]
    await until(lambda: len(engine.heard) == 2, what="both lines", changed=engine.changed)
    paid, rode = (engine.verdicts[line.item_id] for line in engine.heard)
    assert (paid.action, paid.severity, paid.labels) == ("remove", "high", ("SCAM",))
    assert paid.matches[0].kind == "semantic_embedding"
    assert "by meaning (local model all-MiniLM-L6-v2)" in paid.why
    assert rode.action == "keep"
    assert not engine.problems


async def test_a_phrase_cut_over_two_captions_is_found_in_both(start_sandbox, engine):
    sandbox = await start_sandbox("town-hall")
    await engine.sign_in(sandbox.address, Method.TOKEN)
    cid = (await one_call(engine)).cid
    await captioned(engine, cid)
    for text in ("you should kill", "yourself today"):
        body = {"cid": cid, "user_id": "gil", "text": text}
        assert (await sandbox.control("/say", body))["captioned"]
    await until(lambda: len(engine.heard) == 2, what="two lines", changed=engine.changed)
    first, second = (engine.verdicts[item.item_id] for item in engine.heard)
    assert (first.action, second.action) == ("keep", "remove")
    places = [place for match in second.matches for place in match.earlier]
    assert EarlierWords(first.item_id, len("you should "), len("you should kill")) in places
