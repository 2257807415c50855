"""Which stages of judging looked at an item, and which did not and why. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Stage(StrEnum):
    """One way of looking at an item, from the cheapest to the dearest.

    LISTS: words, domains and addresses. PATTERNS: regular expressions. MEANING: semantic filters.
    AI_TEXT: a classifier of texts. IMAGES: a classifier of pictures. STREAM: Stream's check.
    """

    LISTS = "lists"
    PATTERNS = "patterns"
    MEANING = "meaning"
    AI_TEXT = "ai_text"
    IMAGES = "images"
    STREAM = "stream"


class Reason(StrEnum):
    """Why a stage did not look.

    NO_RULE: the policy asks nothing of it. NOT_FOR_THIS: it is not made for this kind of content.
    LANGUAGE: it does not know the language. NO_MODEL: there is none on this computer.
    LOAD: too much came at once. NO_SECRET: only the app secret may ask Stream.
    NO_ADDRESS: Stream looks only at pictures behind an address. REFUSED: Stream did not judge it.
    UNREADABLE: of a picture, nobody could look at it.
    """

    NO_RULE = "no_rule"
    NOT_FOR_THIS = "not_for_this"
    LANGUAGE = "language"
    NO_MODEL = "no_model"
    LOAD = "load"
    NO_SECRET = "no_secret"
    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class NotLooked(Struct, frozen=True, array_like=True, omit_defaults=True):
    """A stage that did not look, or of lists those that would be for the language.

    ``language``: which one, where that is the reason.
    """

    stage: Stage
    reason: Reason
    language: str = ""


GAPS = frozenset((Reason.LANGUAGE, Reason.NO_MODEL, Reason.LOAD, Reason.UNREADABLE))
"""Reasons for which something that the policy wants judged was not."""
OF_MEANING = (Stage.AI_TEXT, Stage.MEANING)
"""Stages that find what no list can name, the one that finds more first."""


def joined(
    looked: tuple[Stage, ...],
    not_looked: tuple[NotLooked, ...],
    earlier_looked: tuple[Stage, ...],
    earlier_not_looked: tuple[NotLooked, ...],
) -> tuple[tuple[Stage, ...], tuple[NotLooked, ...]]:
    """The stages of a verdict and of an earlier one of the same words, together."""
    all_looked = (*(each for each in earlier_looked if each not in looked), *looked)
    told = {*looked, *(each.stage for each in not_looked)}
    still = (each for each in earlier_not_looked if each.stage not in told)
    return all_looked, (*(each for each in not_looked if each.stage not in earlier_looked), *still)


def gap_in_meaning(looked: Iterable[Stage], not_looked: Iterable[NotLooked]) -> NotLooked | None:
    """Why nobody judged what a text means; None where somebody did, or nobody was to.

    Stream judges meaning by itself, whatever is missing here. Where lists are all that a policy
    has, a language that none of them is for is as little judged; nor is a picture of which nobody
    told what it shows.
    """
    found = set(looked)
    if Stage.STREAM in found:
        return None
    gaps = [each for each in not_looked if each.reason in GAPS]
    of_images = next((each for each in gaps if each.stage is Stage.IMAGES), None)
    in_meaning = [each for each in gaps if each.stage in OF_MEANING]
    if in_meaning or not found.isdisjoint(OF_MEANING):
        return min(in_meaning, key=lambda each: OF_MEANING.index(each.stage), default=of_images)
    return next((each for each in gaps if each.stage is Stage.LISTS), of_images)
