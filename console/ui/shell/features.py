"""The features and workspaces of the window. A new one is a line here."""

from console.ui.acts.feature import ACT_LOG
from console.ui.calls.feature import CALLS
from console.ui.disagreements.feature import DISAGREEMENTS
from console.ui.people.feature import PEOPLE, PERSON
from console.ui.state.feature import Feature, Workspace
from console.ui.state.window_context import WindowContext
from console.ui.transcript.feature import TRANSCRIPT


def _unseen(context: WindowContext) -> int:
    return sum(len(heat.unseen) for heat in context.session.heat.values())


FEATURES: tuple[Feature, ...] = (TRANSCRIPT, CALLS, PEOPLE, PERSON, ACT_LOG, DISAGREEMENTS)

WORKSPACES: tuple[Workspace, ...] = (
    Workspace(
        id="live",
        title="Live",
        icon="live",
        key="1",
        stage=TRANSCRIPT,
        panels=(CALLS, PEOPLE, PERSON),
        more=(ACT_LOG, DISAGREEMENTS),
        count=_unseen,
        count_words=("raised line not seen", "raised lines not seen"),
    ),
)
