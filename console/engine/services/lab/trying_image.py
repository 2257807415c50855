"""Tries an image file on a policy: read within bounds, judged where a local classifier is."""

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

from console.base.errors import WorldError
from console.base.plain_file import typed_path
from console.domain.local_models import ImageClassifier
from console.domain.picture import image_kind
from console.engine.services.handlers import Handlers, in_thread, newest_only
from console.engine.services.lab.policies import Policies
from console.policy.model import Policy
from console.policy.sections.ai_image import AiImageMatcher, ai_image_rules
from console.protocol.lab import ImageTried, TryImage

MAX_BYTES = 20 << 20
MAX_LABELS = 100
NEEDS_STREAM = (
    "Images need Stream, or a local image classifier: none is installed. "
    "Stream looks at images behind a URL only."
)


class ImageTrying:
    """Answers TryImage in a thread, one at a time."""

    def __init__(
        self, policies: Policies, classifier: Callable[[], ImageClassifier | None]
    ) -> None:
        """``classifier``: the one of this computer, if there is one; slow the first time."""
        self._policies = policies
        self._classifier = classifier
        self.handlers: Handlers = {TryImage: newest_only(in_thread(self._tried))}

    def _tried(self, question: TryImage) -> ImageTried:
        began = time.perf_counter()
        found = ""
        try:
            image = read_image(typed_path(question.path))
            found = f"{image_kind(image)}, {_size(len(image))}"
            classifier = self._classifier()
            if classifier is None:
                return ImageTried(
                    request_id=question.request_id, found=found, sentence=NEEDS_STREAM
                )
            found += _frames(*classifier.frames(image))
            rules = ai_image_rules(self._policy(question).sections)
            labels = classifier.classify(image)
            judgement = AiImageMatcher(rules, classifier.name).judge(labels)
        except WorldError as error:
            return ImageTried(request_id=question.request_id, found=found, sentence=str(error))
        return ImageTried(
            request_id=question.request_id,
            judgement=judgement,
            found=found,
            source=classifier.name,
            labels=tuple(labels[:MAX_LABELS]),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def _policy(self, question: TryImage) -> Policy:
        policy = self._policies.read(question.policy).policy
        if policy is None:
            raise WorldError("The policy has errors, so no image is judged.")
        return policy


def read_image(path: Path) -> bytes:
    """The bytes of an image file.

    Raises:
        WorldError: there is no such file, it is no file, too large, or no kind of image known here.
    """
    name = path.name or str(path)
    try:
        # Looked at before it is opened: a pipe or a device would never end.
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise WorldError(f"{name} is no file.")
        if about.st_size > MAX_BYTES:
            raise WorldError(f"{name} is larger than {_size(MAX_BYTES)}.")
        with path.open("rb") as file:
            image = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise WorldError(f"{name} could not be read: {reason}.") from error
    except ValueError as error:  # a NUL in the path
        raise WorldError("That is no path of a file.") from error
    if len(image) > MAX_BYTES:
        raise WorldError(f"{name} is larger than {_size(MAX_BYTES)}.")
    if not image_kind(image):
        raise WorldError(f"{name} is no PNG, JPEG, GIF, WebP or BMP image.")
    return image


def _frames(looked: int, there: int) -> str:
    if there == 1:
        return ""
    return f", {there:,} frames" if looked == there else f", {looked:,} of {there:,} frames"


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    return f"{count / 1024:,.0f} KB" if count < 1 << 20 else f"{count / (1 << 20):,.1f} MB"
