"""The draft of a statement of reasons: fields of article 17 and of the transparency database."""

import json

import pytest

from console.domain.act import AUTOMATION, Act
from console.domain.evidence import Evidence, EvidenceLine, PolicyFacts
from console.domain.item import CAPTION, Item, Text
from console.domain.statement import ACCOUNT, AUTOMATED, GROUNDS, PROVISION, VISIBILITY, draft
from console.domain.verdict import JudgedItem, Source, Verdict

NOW = 1_800_000_000.0


def evidence(kind="ban", labels=("HATE_SPEECH",), **fields):
    item = Item(
        item_id="u1",
        kind=CAPTION,
        cid="default:hall",
        session_id="s1",
        author_id="dorian-7",
        author_name="Dorian Pike",
        body=Text("I, Dorian Pike, hate them all. Call +49 170 1234567."),
        start_time=NOW - 86_400,
        end_time=NOW - 86_400,
        received_at=NOW - 86_400,
        language="en",
    )
    verdict = Verdict(
        item_id="u1", source=Source.STREAM, action="remove", labels=labels, rule="hate"
    )
    fields.setdefault("minutes", 60 * 48)
    act = Act(
        act_id="a1",
        kind=kind,
        cid="default:hall",
        requested_at=NOW,
        user_ids=("dorian-7",),
        names=("Dorian Pike",),
        reason="Dorian was warned before",
        **fields,
    )
    return Evidence(
        act=act,
        frozen_at=NOW,
        policy=PolicyFacts("town-hall", "0" * 64),
        lines=(EvidenceLine(JudgedItem(item, (verdict,)), theirs=True, subject=True),),
    )


def values(made):
    return {each.name: each.value for each in made.fields}


def test_it_is_complete_and_in_the_words_of_the_database():
    made = draft(evidence(by="mod"))
    assert made.troubles() == []
    told = json.loads(made.as_json())
    assert told["decision_account"] == "DECISION_ACCOUNT_SUSPENDED"
    assert told["end_date_account_restriction"] == "2027-01-17"
    assert told["application_date"] == "2027-01-15"
    assert told["content_date"] == "2027-01-14"
    assert told["content_type"] == ["CONTENT_TYPE_AUDIO"]
    assert told["content_language"] == "EN"
    assert told["category"] == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    assert told["decision_ground"] == GROUNDS[0]
    assert told["incompatible_content_ground"] == "Policy “town-hall”, rule “hate”"
    assert told["automated_detection"] == "Yes"
    assert told["automated_decision"] == AUTOMATED[0]
    assert told["source_type"] == "SOURCE_VOLUNTARY"
    assert told["puid"] == "mc-a1"
    assert "redress" not in told
    assert "dispute settlement" in made.as_text()
    assert "API version 2" in made.hint


def test_no_personal_data_stands_in_it():
    made = draft(evidence(by="mod"))
    for text in (made.as_json(), made.as_text()):
        assert not any(word in text for word in ("Dorian", "Pike", "dorian-7", "1234567"))
    assert "“I, Person 1, hate them all. Call [phone number].”" in values(made)["decision_facts"]


@pytest.mark.parametrize(
    ("kind", "minutes", "restriction"),
    [
        ("kick", None, ("", PROVISION[0], "")),
        ("ban", None, ("", "", ACCOUNT[1])),
        ("delete_message", None, (VISIBILITY[0], "", "")),
        ("blur_video", None, (VISIBILITY[1], "", "")),
        ("chat_shadow_ban", None, (VISIBILITY[2], "", "")),
        ("warn", None, ("", "", "")),
    ],
)
def test_each_act_restricts_what_it_restricts(kind, minutes, restriction):
    made = draft(evidence(kind, minutes=minutes))
    told = values(made)
    names = ("decision_visibility", "decision_provision", "decision_account")
    assert tuple(told[name] for name in names) == restriction
    nothing = not any(restriction)
    assert any("Say what was restricted" in each for each in made.troubles()) is nothing
    assert ("restricts nothing" in made.hint) is nothing


def test_who_decided_is_said():
    assert values(draft(evidence(by=AUTOMATION)))["automated_decision"] == AUTOMATED[2]
    assert values(draft(evidence(by="mod", rule="r")))["automated_decision"] == AUTOMATED[1]


def test_edits_are_checked():
    made = draft(evidence(by="mod"))
    assert made.changed("decision_facts", "x" * 5_001).troubles()
    assert made.changed("category", "STATEMENT_CATEGORY_MADE_UP").troubles()
    assert made.changed("puid", " ").troubles()
    illegal = made.changed("decision_ground", GROUNDS[1])
    assert len(illegal.troubles()) == 2
