"""Two error families, and nothing else until a caller branches.

``WorldError`` is the world's fault: show its one sentence. Everything else that escapes is ours:
log it and report it.
"""


class WorldError(Exception):
    """Something outside this program refused or failed.

    Attributes:
        sentence: what happened, in one sentence for the person at the screen.
        advice: what they can do about it; empty when there is nothing.
        details: what the other side said itself, in its own terms; never shown but as a detail.
    """

    def __init__(self, sentence: str, advice: str = "", details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice
        self.details = details

    def __str__(self) -> str:
        return f"{self.sentence} {self.advice}".strip()


class BugError(Exception):
    """We broke a promise of our own. Never shown as if it were the world's fault."""
