"""Which stages looked at an item and which did not, in plain words. Pure."""

from collections.abc import Iterable

from console.domain.item import Item
from console.domain.language_names import language_name
from console.domain.spoken_language import KnownBy
from console.domain.stages import NotLooked, Reason, Stage

STAGE_NAMES = {
    Stage.LISTS: "lists",
    Stage.PATTERNS: "patterns",
    Stage.MEANING: "semantic filters",
    Stage.AI_TEXT: "AI text",
    Stage.IMAGES: "images",
    Stage.STREAM: "Stream",
}
_REASONS = {
    Reason.NO_RULE: "no rule of the policy asks for it",
    Reason.NOT_FOR_THIS: "not made for this",
    Reason.NO_MODEL: "no model on this computer",
    Reason.LOAD: "given up under load",
    Reason.NO_SECRET: "signed in without the app secret",
    Reason.NO_ADDRESS: "it looks only at pictures behind an address",
    Reason.REFUSED: "it did not judge it",
    Reason.UNREADABLE: "nobody could look at it",
}
_SHORT = {
    Reason.NO_MODEL: "no model",
    Reason.LOAD: "too much at once",
    Reason.UNREADABLE: "not seen",
}
_KNOWN_BY = {
    KnownBy.NOTHING: "",
    KnownBy.STATED: "as Stream says",
    KnownBy.WORDS: "by its words",
    KnownBy.LETTERS: "by its letters",
    KnownBy.SPEAKER: "as its speaker spoke before",
}


def reason(why: NotLooked) -> str:
    """Why a stage did not look, without its name."""
    if why.reason is Reason.LANGUAGE:
        name = language_name(why.language)
        return f"none for {name}" if why.stage is Stage.LISTS else name
    return _REASONS[why.reason]


def short_reason(why: NotLooked) -> str:
    """The same in few words: the language, where that is it."""
    if why.reason is Reason.LANGUAGE:
        return language_name(why.language)
    return _SHORT.get(why.reason) or reason(why)


def looked_words(looked: Iterable[Stage]) -> str:
    """The stages that looked, in one line."""
    return ", ".join(STAGE_NAMES[each] for each in looked)


def not_looked_words(not_looked: Iterable[NotLooked]) -> str:
    """The stages that did not, each with why; those with one reason stand together."""
    by_reason: dict[str, list[str]] = {}
    for each in not_looked:
        by_reason.setdefault(reason(each), []).append(STAGE_NAMES[each.stage])
    return "; ".join(f"{', '.join(stages)}: {why}" for why, stages in by_reason.items())


def language_words(item: Item) -> str:
    """The language of an item, how sure that is and how it is known; empty where nobody knows."""
    name = language_name(item.language)
    if not name:
        return ""
    how = "as heard" if item.heard_here and item.language_by is KnownBy.STATED else ""
    parts = [name, how or _KNOWN_BY[item.language_by]]
    if item.language_confidence >= 0:
        parts.append(f"{item.language_confidence:.0%} sure")
    return ", ".join(filter(None, parts))
