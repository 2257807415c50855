"""What the panel for trying says about sign-in and images. Pure."""

from console.domain.phase import MEANINGS, Phase
from console.domain.results import Judgement, weight
from console.domain.sign_in import Method
from console.protocol.lab import ImageTried
from console.protocol.to_window import EngineState
from console.ui.lab.image_field import ImagePlace

FILE_STAYS = "Stream takes images by URL only, so a file cannot be sent to it."


def why_no_stream(state: EngineState) -> str:
    """Why Stream cannot be asked; empty when it can."""
    if state.phase is Phase.SIGNED_OUT:
        return "You are signed out. Everything else here works without."
    if not MEANINGS[state.phase].hears:
        return "The connection to Stream is not there yet."
    if state.method is not Method.SECRET:
        return "Stream's check needs a sign-in with the app's secret."
    return ""


def graver(one: Judgement | None, other: Judgement | None) -> Judgement | None:
    """The stronger of two verdicts; the first where they are alike."""
    if one is None or other is None:
        return one or other
    return other if weight(other) > weight(one) else one


def image_note(
    place: ImagePlace, tried: ImageTried | None, why_not: str, *, alone: bool = False
) -> tuple[str, str]:
    """What to say of an image, and its ink.

    ``why_not``: why Stream cannot be asked. ``alone``: there is no text, so that the card of the
    verdict says why there is none.
    """
    if place.sentence:
        return place.sentence, "bad"
    if place.url and alone:
        return "Stream alone looks at an image behind a URL; nothing is fetched here.", "dim"
    if place.url:
        if why_not:
            return f"Images at a URL need Stream. {why_not}", "dim"
        return "An image at a URL is looked at by Stream alone; nothing is fetched here.", "dim"
    if not place.path or tried is None:
        return "", "dim"
    if tried.judgement is None:
        if tried.found:
            return tried.found if alone else f"{tried.found} · {tried.sentence}", "dim"
        return tried.sentence, "bad"
    labels = ", ".join(f"{each.label} {each.confidence:.0f}" for each in tried.labels[:5])
    said = f"{tried.source}: {labels or 'nothing it knows'}"
    return f"{tried.found} · {said} · {tried.took_ms:.0f} ms", "dim"
