"""The people of a call and the chosen person as features of the window."""

from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.people.people_panel import PeoplePanel
from console.ui.people.person_card import PersonCardView
from console.ui.state.feature import Area, Feature

PEOPLE = Feature(
    id="people",
    title="People",
    icon="people",
    area=Area.INSPECTOR,
    panel=PeoplePanel,
    show=Command(id="focus.people", title="To the people", group=NAVIGATE, key="F4"),
    commands=(Command(id="go.filter_people", title="Filter people", group=NAVIGATE, key="Ctrl+P"),),
)

PERSON = Feature(
    id="card", title="Person", icon="person", area=Area.INSPECTOR, panel=PersonCardView
)
