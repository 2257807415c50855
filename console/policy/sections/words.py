"""The words of policies, with a sentence each. Names are Stream's (STREAM.md 6.3, 6.5)."""

from collections.abc import Sequence

from console.domain.policy_form import Word

UNNAMED = Word("")
KEEP = Word("keep", "Nothing happens.")
FLAG = Word("flag", "A moderator should look; the line stays.")
MASK = Word("mask", "The matched words are hidden.")
MASK_FLAG = Word("mask_flag", "Hidden, and a moderator should look.")
SHADOW = Word("shadow", "Only the speaker still sees it.")
REMOVE = Word("remove", "The line is taken away.")
BOUNCE = Word("bounce", "The speaker is asked to say it differently.")
BOUNCE_FLAG = Word("bounce_flag", "Sent back, and a moderator should look.")
BOUNCE_REMOVE = Word("bounce_remove", "Sent back first, removed when repeated.")
BAN = Word("ban", "The speaker is banned.")

ACTIONS = (FLAG, MASK, MASK_FLAG, SHADOW, REMOVE, BOUNCE, BOUNCE_FLAG, BOUNCE_REMOVE)
"""What a rule about words may do."""
HARM_ACTIONS = (KEEP, *ACTIONS)
IMAGE_ACTIONS = (FLAG, SHADOW, REMOVE, BOUNCE, BOUNCE_FLAG, BOUNCE_REMOVE)
VELOCITY_ACTIONS = (FLAG, SHADOW, REMOVE, BAN)

SEVERITIES = (
    Word("low", "Minor or borderline."),
    Word("medium", "Clearly unwanted."),
    Word("high", "Serious."),
    Word("critical", "Zero tolerance."),
)
LIST_TYPES = (
    Word("word", "Words and phrases, whatever their case."),
    Word("regex", "RE2 patterns: linear time, no look-around."),
    Word("domain", "Web addresses and what is below them."),
    Word("domain_allowlist", "Objects to every web address that is not named."),
    Word("email", "Mail addresses."),
    Word("email_allowlist", "Objects to every mail address that is not named."),
)
KEYS = tuple(map(Word, ("chat", "chat:messaging", "feeds:default", "custom:captions")))
LABELS = tuple(
    map(
        Word,
        (
            "SCAM",
            "HATE_SPEECH",
            "SEXUAL_HARASSMENT",
            "PII",
            "PLATFORM_BYPASS",
            "SPAM",
            "HARASSMENT",
            "INSULT",
            "VULGARITY",
            "ADS",
            "UNDERAGE_USER",
            "THREAT",
            "SELF_HARM",
        ),
    )
)
IMAGE_LABELS = tuple(
    map(
        Word,
        (
            "Explicit",
            "Non-Explicit Nudity",
            "Swimwear or Underwear",
            "Violence",
            "Visually Disturbing",
            "Drugs & Tobacco",
            "Alcohol",
            "Rude Gestures",
            "Gambling",
            "Hate Symbols",
        ),
    )
)
"""What images are called at Stream (STREAM.md 6.4); a local classifier has its own words."""


def names(words: Sequence[Word]) -> tuple[str, ...]:
    """The words without their sentences."""
    return tuple(word.name for word in words if word.name)
