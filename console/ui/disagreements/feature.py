"""Disagreements with Stream as a feature of the window."""

from console.ui.command_table.commands import VIEW, Command
from console.ui.disagreements.disagreements_panel import DisagreementsPanel
from console.ui.state.feature import Area, Feature

DISAGREEMENTS = Feature(
    id="disagreements",
    title="Disagreements",
    icon="flag",
    area=Area.STRIP,
    panel=DisagreementsPanel,
    show=Command(
        id="view.disagreements",
        title="Disagreements with Stream",
        group=VIEW,
        key="D",
        starts_section=True,
        help="Lines for which the policy here and Stream recommend different actions.",
    ),
)
