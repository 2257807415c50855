"""A draft of the statement of reasons that a person gets when something was done to them.

What it has to say stands in article 17(3) of Regulation (EU) 2022/2065, the Digital Services Act.
The names and limits of its fields are those of the Commission's transparency database, API
version 2 (in force since 1 July 2025): https://transparency.dsa.ec.europa.eu/page/api-documentation.
It is only ever saved or copied; nothing here sends it.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.domain.act import AUTOMATION
from console.domain.acts.table import spec_of
from console.domain.evidence import Evidence, EvidenceLine
from console.domain.item import ATTACHMENT, AVATAR, CAPTION, FRAME, MESSAGE, NAME
from console.domain.redaction import Redactor

SCHEMA = "DSA Transparency Database, API version 2 (since 1 July 2025)"
QUOTED = 5
"""Lines that are quoted at most."""
MOST_QUOTE = 300

VISIBILITY = (
    "DECISION_VISIBILITY_CONTENT_REMOVED",
    "DECISION_VISIBILITY_CONTENT_DISABLED",
    "DECISION_VISIBILITY_CONTENT_DEMOTED",
    "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
    "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
    "DECISION_VISIBILITY_CONTENT_LABELLED",
    "DECISION_VISIBILITY_OTHER",
)
PROVISION = (
    "DECISION_PROVISION_PARTIAL_SUSPENSION",
    "DECISION_PROVISION_TOTAL_SUSPENSION",
    "DECISION_PROVISION_PARTIAL_TERMINATION",
    "DECISION_PROVISION_TOTAL_TERMINATION",
)
ACCOUNT = ("DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED")
GROUNDS = ("DECISION_GROUND_INCOMPATIBLE_CONTENT", "DECISION_GROUND_ILLEGAL_CONTENT")
SOURCES = (
    "SOURCE_VOLUNTARY",
    "SOURCE_ARTICLE_16",
    "SOURCE_TRUSTED_FLAGGER",
    "SOURCE_TYPE_OTHER_NOTIFICATION",
)
AUTOMATED = (
    "AUTOMATED_DECISION_NOT_AUTOMATED",
    "AUTOMATED_DECISION_PARTIALLY",
    "AUTOMATED_DECISION_FULLY",
)
CONTENT = tuple(
    f"CONTENT_TYPE_{kind}"
    for kind in ("AUDIO", "VIDEO", "TEXT", "IMAGE", "SYNTHETIC_MEDIA", "PRODUCT", "APP", "OTHER")
)
CATEGORIES = tuple(
    f"STATEMENT_CATEGORY_{name}"
    for name in (
        "OTHER_VIOLATION_TC",
        "CYBER_VIOLENCE",
        "CYBER_VIOLENCE_AGAINST_WOMEN",
        "ILLEGAL_OR_HARMFUL_SPEECH",
        "SCAMS_AND_FRAUD",
        "VIOLENCE",
        "SELF_HARM",
        "PROTECTION_OF_MINORS",
        "RISK_FOR_PUBLIC_SECURITY",
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "CONSUMER_INFORMATION",
        "UNSAFE_AND_PROHIBITED_PRODUCTS",
        "ANIMAL_WELFARE",
        "NOT_SPECIFIED_NOTICE",
    )
)
_BY_LABEL = (
    (r"minor|child|groom", "PROTECTION_OF_MINORS"),
    (r"self.?harm|suicid", "SELF_HARM"),
    (r"terror|extremis", "RISK_FOR_PUBLIC_SECURITY"),
    (r"hate|racis|slur|discriminat", "ILLEGAL_OR_HARMFUL_SPEECH"),
    (r"scam|fraud|phish|spam|advert", "SCAMS_AND_FRAUD"),
    (r"harass|bully|insult|stalk|toxic|dox", "CYBER_VIOLENCE"),
    (r"threat|violen|weapon|gore", "VIOLENCE"),
    (r"pii|personal|privacy|leak", "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"),
)
_CONTENT_OF = {
    CAPTION: "AUDIO",
    MESSAGE: "TEXT",
    NAME: "TEXT",
    FRAME: "VIDEO",
    AVATAR: "IMAGE",
    ATTACHMENT: "IMAGE",
}
_NO_RESTRICTION = (
    *("warn", "flag", "ask_name", "un", "chat_un", "grant", "restore", "resume", "accept"),
    *("reactivate", "mark_reviewed", "escalate", "de_escalate", "reject_appeal"),
)
"""How the names of acts begin that take nothing from anybody."""


class StatementField(Struct, frozen=True):
    """One field of the draft.

    Attributes:
        name: as the database calls it; ``redress`` and the like are for the person alone.
        title: what article 17 asks for there.
        options: what it may be; empty for free text. limit: characters at most.
        required: it must not be empty. several: it is a list, one value a line.
        in_database: it is part of what the database gets.
    """

    name: str
    title: str
    value: str
    options: tuple[str, ...] = ()
    limit: int = 500
    required: bool = False
    several: bool = False
    in_database: bool = True


class StatementDraft(Struct, frozen=True):
    """All fields, in the order of article 17(3).

    ``hint``: what to know before it is used.
    """

    fields: tuple[StatementField, ...]
    hint: str = ""

    def changed(self, name: str, value: str) -> "StatementDraft":
        """The draft with another value of one field."""
        fields = tuple(
            replace(each, value=value) if each.name == name else each for each in self.fields
        )
        return StatementDraft(fields, self.hint)

    def troubles(self) -> list[str]:
        """What the database would refuse, one sentence each."""
        values = {each.name: each.value.strip() for each in self.fields}
        found = [
            f"{each.title}: {len(each.value):,} of {each.limit:,} characters at most."
            for each in self.fields
            if len(each.value) > each.limit
        ]
        found += [
            f"{each.title} is missing."
            for each in self.fields
            if each.required and not values[each.name]
        ]
        found += [
            f"{each.title}: {value} is none of the database's values."
            for each in self.fields
            for value in (values[each.name].splitlines() if each.options else ())
            if value not in each.options
        ]
        restrictions = ("decision_visibility", "decision_provision", "decision_account")
        if not any(values[name] for name in restrictions):
            found.append("Say what was restricted: visibility, the service, or the account.")
        kind = "illegal" if values["decision_ground"] == GROUNDS[1] else "incompatible"
        last = "legal_ground" if kind == "illegal" else "ground"
        for name in (f"{kind}_content_{last}", f"{kind}_content_explanation"):
            if not values[name]:
                title = next(each.title for each in self.fields if each.name == name)
                found.append(f"{title} is missing.")
        return found

    def as_json(self) -> str:
        """What the database asks for: one JSON object, without empty fields."""
        document: dict[str, Any] = {}
        for each in self.fields:
            value = each.value.strip()
            if each.in_database and value:
                document[each.name] = value.splitlines() if each.several else value
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def as_text(self) -> str:
        """What the person can be told: title and value of each field."""
        parts = [
            f"{each.title}\n{each.value.strip()}" for each in self.fields if each.value.strip()
        ]
        return "\n\n".join(("Statement of reasons", *parts)) + "\n"


def draft(evidence: Evidence) -> StatementDraft:
    """A first version from act, rule, policy and quoted lines, with masked personal data."""
    act, redactor = evidence.act, Redactor(evidence)
    subject = _subject(evidence)
    verdicts = subject.line.verdicts if subject is not None else ()
    labels = [label for verdict in verdicts for label in verdict.labels]
    seen_by_machine = any(verdict.raised for verdict in verdicts)
    rule = _rule(evidence, subject)
    policy = f"Policy “{evidence.policy.name}”" if evidence.policy.name else "Terms of use"
    automated = AUTOMATED[2 if act.by == AUTOMATION else 1 if act.rule else 0]
    ends = _ends(evidence)
    visibility, provision, account = _restriction(act.kind, act.minutes)
    item = subject.line.item if subject is not None else None
    content = f"CONTENT_TYPE_{_CONTENT_OF.get(item.kind, 'OTHER')}" if item else CONTENT[0]
    fields = (
        StatementField("decision_visibility", "What was restricted: visibility (17(3)(a))",
                       visibility, VISIBILITY, several=True),
        StatementField("decision_provision", "What was restricted: the service (17(3)(a))",
                       provision, PROVISION),
        StatementField("decision_account", "What was restricted: the account (17(3)(a))",
                       account, ACCOUNT),
        StatementField("application_date", "From when (17(3)(a))", _day(act.requested_at),
                       required=True),
        StatementField("end_date_account_restriction", "Until when: the account (17(3)(a))",
                       ends if account else ""),
        StatementField("end_date_service_restriction", "Until when: the service (17(3)(a))",
                       ends if provision else ""),
        StatementField("territorial_scope", "Where: countries, one a line (17(3)(a))", "",
                       several=True),
        StatementField("decision_facts", "Facts and circumstances (17(3)(b))",
                       _facts(evidence, redactor), limit=5_000, required=True),
        StatementField("source_type", "What led to it: own initiative or a notice (17(3)(b))",
                       SOURCES[0], SOURCES, required=True),
        StatementField("content_type", "What kind of content (17(3)(b))", content, CONTENT,
                       required=True, several=True),
        StatementField("content_date", "When it was made (17(3)(b))",
                       _day(item.start_time if item else act.requested_at), required=True),
        StatementField("content_language", "Its language (17(3)(b))",
                       item.language[:2].upper() if item and len(item.language) >= 2 else ""),
        StatementField("automated_detection", "Found by automated means (17(3)(c))",
                       "Yes" if seen_by_machine else "No", ("Yes", "No"), required=True),
        StatementField("automated_decision", "Decided by automated means (17(3)(c))",
                       automated, AUTOMATED, required=True),
        StatementField("decision_ground", "On which ground (17(3)(d) and (e))", GROUNDS[0],
                       GROUNDS, required=True),
        StatementField("illegal_content_legal_ground", "The law, where it is illegal (17(3)(d))",
                       ""),
        StatementField("illegal_content_explanation", "Why it is illegal (17(3)(d))", "",
                       limit=2_000),
        StatementField("incompatible_content_ground", "The term of use (17(3)(e))",
                       f"{policy}, {rule}" if rule else policy),
        StatementField("incompatible_content_explanation",
                       "Why it is against the term (17(3)(e))",
                       _explanation(labels, redactor.text(act.reason)), limit=2_000),
        StatementField("category", "Category of the database", _category(labels), CATEGORIES,
                       required=True),
        StatementField("puid", "Your own unique id of this statement", f"mc-{act.act_id}",
                       required=True),
        StatementField("redress", "How they can have it looked at again (17(3)(f))",
                       "You can answer this statement to have the decision looked at again, turn to"
                       " a certified out-of-court dispute settlement body, or go to court.",
                       limit=2_000, required=True, in_database=False),
    )  # fmt: skip
    return StatementDraft(fields, _hint(act.kind))


def _subject(evidence: Evidence) -> EvidenceLine | None:
    """What the act answers; else the last raised line of whom it is about."""
    named = [each for each in evidence.lines if each.subject]
    raised = [each for each in evidence.lines if each.theirs and _raised(each)]
    return next(iter(named or raised[::-1]), None)


def _raised(each: EvidenceLine) -> bool:
    standing = each.line.standing
    return standing is not None and standing.raised


def _rule(evidence: Evidence, subject: EvidenceLine | None) -> str:
    standing = subject.line.standing if subject is not None else None
    rule = standing.rule if standing is not None else ""
    return ", ".join(filter(None, (f"rule “{rule}”" if rule else "", evidence.act.rule)))


def _facts(evidence: Evidence, redactor: Redactor) -> str:
    act = evidence.act
    quoted = [each for each in evidence.lines if each.subject or (each.theirs and _raised(each))]
    parts = [
        f"On {_day(act.requested_at)} this was done in a live call: {spec_of(act.kind).title}.",
        f"The reason given: {redactor.text(act.reason)}." if act.reason else "",
    ]
    if quoted:
        parts.append("It answers what was said or shown:")
        parts += [f"“{redactor.words(e.line.item)[:MOST_QUOTE]}”" for e in quoted[-QUOTED:]]
    more = len(quoted) - QUOTED
    parts.append(f"{more} further lines are kept as evidence." if more > 0 else "")
    return "\n".join(filter(None, parts))


def _explanation(labels: list[str], reason: str) -> str:
    found = ", ".join(dict.fromkeys(label.replace("_", " ").lower() for label in labels))
    parts = (f"It was found to be: {found}." if found else "", reason)
    return " ".join(filter(None, parts))


def _category(labels: list[str]) -> str:
    words = " ".join(labels).lower()
    found = (name for pattern, name in _BY_LABEL if re.search(pattern, words))
    return f"STATEMENT_CATEGORY_{next(found, 'OTHER_VIOLATION_TC')}"


def _restriction(kind: str, minutes: int | None) -> tuple[str, str, str]:
    """Visibility, service and account, as far as an act restricts them."""
    kind = kind.removeprefix("queue_")
    if kind.startswith(_NO_RESTRICTION):
        return "", "", ""
    if kind.startswith(("delete", "reset_name", "remove_picture")):
        return VISIBILITY[0], "", ""
    if kind.startswith("chat_shadow"):
        return VISIBILITY[2], "", ""
    if kind.startswith("blur"):
        return VISIBILITY[1], "", ""
    if kind.startswith(("ban", "deactivate")):
        return "", "", ACCOUNT[0 if minutes is not None or kind.startswith("deactivate") else 1]
    return "", PROVISION[0], ""


def _ends(evidence: Evidence) -> str:
    minutes = evidence.act.minutes
    if minutes is None or not evidence.act.requested_at:
        return ""
    begins = datetime.fromtimestamp(evidence.act.requested_at, UTC)
    return (begins + timedelta(minutes=minutes)).strftime("%Y-%m-%d")


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d") if at > 0 else ""


def _hint(kind: str) -> str:
    words = f"Fields of {SCHEMA}. Take out what is still personal before it leaves this machine."
    if kind.removeprefix("queue_").startswith(_NO_RESTRICTION):
        return f"This act restricts nothing, so article 17 may ask for no statement. {words}"
    return words
