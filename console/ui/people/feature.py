"""The people of a call and the chosen person as features of the window."""

from console.ui.command_table.commands import ACT, NAVIGATE, Command
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
    commands=(
        Command(id="go.filter_people", title="Filter people", group=NAVIGATE, key="Ctrl+P"),
        Command(
            id="people.raid",
            title="Find a raid",
            group=NAVIGATE,
            key="Ctrl+R",
            help="People who joined lately, or are alike in names or lines, to be chosen together.",
        ),
    ),
)

PERSON = Feature(
    id="card",
    title="Person",
    icon="person",
    area=Area.INSPECTOR,
    panel=PersonCardView,
    show=Command(id="focus.card", title="To the person", group=NAVIGATE, key="Shift+F4"),
    commands=(
        Command(
            id="person.watch",
            title="Watch this person, or no longer",
            group=ACT,
            key="O",
            help="Whoever is watched stands out in lists and transcripts. Nobody in the call is"
            " told.",
            starts_section=True,
        ),
        Command(
            id="person.note",
            title="Write a note about this person",
            group=ACT,
            key="Shift+O",
            help="Moderators of this console read it on the person's card.",
        ),
        Command(
            id="person.erase",
            title="Erase this person from the store…",
            group=ACT,
            help="On request: what they said, showed and what was copied of it goes from this"
            " machine. What is held stays.",
        ),
    ),
)
