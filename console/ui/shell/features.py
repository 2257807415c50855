"""The workspaces of the window and the features in them. A new workspace is a line here."""

from console.ui.acts.feature import ACT_LOG
from console.ui.app_wide.feature import BANNED, BLOCKS, MEMBERS
from console.ui.automation.feature import AUTOMATION
from console.ui.calls.feature import CALLS
from console.ui.disagreements.feature import DISAGREEMENTS
from console.ui.frames.feature import FRAMES
from console.ui.lab.feature import POLICY_LAB
from console.ui.labels.feature import WORTH_LABELLING
from console.ui.open_items.feature import OPEN, OPEN_ITEMS
from console.ui.past_calls.feature import PAST_CALL, PAST_CALLS
from console.ui.people.feature import PEOPLE, PERSON
from console.ui.queue.feature import REVIEW
from console.ui.requests.feature import INBOX
from console.ui.sanctions.feature import BOARD
from console.ui.search.feature import HITS
from console.ui.state.feature import Feature, Workspace
from console.ui.state.window_context import WindowContext
from console.ui.team.feature import TEAM
from console.ui.transcript.feature import TRANSCRIPT
from console.ui.wall.feature import WALL


def _open(context: WindowContext) -> int:
    return context.session.raised.count()


def _disagreements(context: WindowContext) -> int:
    return context.session.disagreements.unread


LIVE = Workspace(
    id="live",
    title="Live",
    icon="live",
    key="1",
    stage=TRANSCRIPT,
    panels=(CALLS, PEOPLE, PERSON),
    more=(ACT_LOG, DISAGREEMENTS, WORTH_LABELLING, TEAM, MEMBERS, BANNED, BLOCKS),
    count=_open,
    count_words=("open item", "open items"),
)


def _new_hits(context: WindowContext) -> int:
    return context.session.searches.new


SEARCH = Workspace(
    id="search",
    title="Search",
    icon="search",
    key="7",
    stage=PAST_CALL,
    panels=(HITS, PAST_CALLS, PERSON),
    more=(ACT_LOG,),
    count=_new_hits,
    count_words=("new hit of a watched search", "new hits of watched searches"),
)

POLICIES = Workspace(
    id="policies",
    title="Policies",
    icon="shield",
    key="8",
    stage=POLICY_LAB,
    more=(ACT_LOG, DISAGREEMENTS, WORTH_LABELLING),
    count=_disagreements,
    count_words=("line that Stream judged otherwise", "lines that Stream judged otherwise"),
)

WORKSPACES: tuple[Workspace, ...] = (
    LIVE,
    OPEN,
    WALL,
    REVIEW,
    INBOX,
    BOARD,
    SEARCH,
    FRAMES,
    POLICIES,
    AUTOMATION,
)

ALL_OPEN = OPEN_ITEMS
"""The feature that holds every open item."""

FEATURES: tuple[Feature, ...] = tuple(
    dict.fromkeys(feature for workspace in WORKSPACES for feature in workspace.features)
)
