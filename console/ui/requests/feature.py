"""Permission requests as a workspace of the window."""

from console.ui.acts.feature import ACT_LOG
from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.people.feature import PERSON
from console.ui.requests.request_stage import RequestStage
from console.ui.requests.requests_panel import RequestsPanel
from console.ui.state.feature import Area, Feature, Workspace

REQUESTS = Feature(
    id="requests",
    title="Requests",
    icon="hand",
    area=Area.LIST,
    panel=RequestsPanel,
    show=Command(id="focus.requests", title="To the requests", group=NAVIGATE, key="F7"),
)

REQUEST = Feature(id="request", title="Request", icon="hand", area=Area.STAGE, panel=RequestStage)

INBOX = Workspace(
    id="requests",
    title="Requests",
    icon="hand",
    key="5",
    stage=REQUEST,
    panels=(REQUESTS, PERSON),
    more=(ACT_LOG,),
    count=lambda context: len(context.session.requests),
    count_words=("open request", "open requests"),
)
