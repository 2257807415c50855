"""Tell a person's app to show a warning, or to blur their camera.

Stream does both only through its own call rules (STREAM.md 7). By hand it is a custom event of the
call, which nobody's app understands unless it was written to.
"""

from console.domain.acts.spec import ActSpec, Scope
from console.domain.call import Track

WARN = "warn"
BLUR = "blur_video"

DEFAULT_WARNING = "Please keep to the rules of this call."
"""What a warning says where its act gives no reason."""

ACTS = (
    ActSpec(
        kind=WARN,
        scope=Scope.PERSON,
        label="Warn",
        done="warned {who}",
        consequence="Sends a warning for them to the call; the app of the call has to show it.",
        key="W",
        icon="warning",
        row="warning",
        sanction=True,
        of_one_session=True,
    ),
    ActSpec(
        kind=BLUR,
        scope=Scope.PERSON,
        label="Blur camera",
        short="Blur",
        done="asked to blur the camera of {who}",
        consequence="Asks the app of the call to blur their camera; it has to know how.",
        key="Shift+W",
        row="warning",
        tracks=(Track.VIDEO,),
        sanction=True,
        of_one_session=True,
    ),
)
