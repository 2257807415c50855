"""What looks at pictures, loaded when wanted; what keeps it from being loaded is a sentence."""

from pathlib import Path
from typing import Any, Protocol

from console.domain.picture import PictureLook
from console.models.optional_module import optional_module

EXTRA_MISSING = "Looking at pictures is not installed ({})."
BROKEN = "Looking at pictures is installed but broken ({})."
ADVICE = "Install the extra “media” of moderator-console."


class Eyes(Protocol):
    """Looks at pictures, one after the other. Not safe in several threads."""

    def look(self, image: bytes) -> PictureLook:
        """What an encoded image shows.

        Raises:
            WorldError: it is no image that can be read.
        """

    def look_at_pixels(self, pixels: Any) -> PictureLook:
        """What a frame shows: height, width, 3 in RGB."""


def load_eyes(models: Path) -> Eyes:
    """Load all models of pictures; ``models`` is the program's folder. Takes seconds.

    Raises:
        WorldError: a model or the extra is missing, broken, or not the one we know.
    """
    text, codes = load_text(), _module("zxingcpp")
    eyes: Eyes = _module("console.models.picture_look").PictureEyes(
        load_labels(models), text, codes
    )
    return eyes


def load_labels(models: Path) -> Any:
    """The image classifier; raises as ``load_eyes``."""
    return _module("console.models.picture_labels").PictureLabels(models)


def load_text() -> Any:
    """The reader of text; raises as ``load_eyes``."""
    return _module("console.models.picture_text").PictureText()


def _module(name: str) -> Any:
    return optional_module(name, missing=EXTRA_MISSING, broken=BROKEN, advice=ADVICE)
