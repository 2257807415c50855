"""Automation as a workspace of the window."""

from console.ui.acts.feature import ACT_LOG
from console.ui.automation.automation_stage import AutomationStage
from console.ui.automation.proposals_panel import ProposalsPanel
from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.people.feature import PERSON
from console.ui.state.feature import Area, Feature, Workspace

PROPOSALS = Feature(
    id="proposals",
    title="Proposals",
    icon="bolt",
    area=Area.LIST,
    panel=ProposalsPanel,
    show=Command(id="focus.proposals", title="To what automation proposes", group=NAVIGATE),
)

RULES = Feature(id="rules", title="Rules", icon="bolt", area=Area.STAGE, panel=AutomationStage)

AUTOMATION = Workspace(
    id="automation",
    title="Automation",
    icon="bolt",
    key="9",
    stage=RULES,
    panels=(PROPOSALS, PERSON),
    more=(ACT_LOG,),
    count=lambda context: len(context.session.automation.waiting()),
    count_words=("proposal waits for you", "proposals wait for you"),
)
