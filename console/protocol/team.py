"""What the window shows of the team."""

from console.domain.team import Colleague, TeamMember, Told
from console.protocol.push import Merge, Push


class TeamChanged(Push, frozen=True, tag="team_changed", kw_only=True):
    """The team as it is now.

    Attributes:
        channel: the cid of its channel; "" where the profile names none.
        joined: what colleagues do is read, and they are told what is done here.
        sentence: why it is not, or what is doubtful about it.
        members: who can read the channel. outsiders: those of them who are no moderators.
        colleagues: whose consoles were heard lately, this one's user included.
        lost: words and verdicts that the team was not told.
    """

    channel: str = ""
    joined: bool = False
    sentence: str = ""
    members: tuple[TeamMember, ...] = ()
    outsiders: tuple[str, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    lost: int = 0


class TeamTold(Push, frozen=True, tag="team_told"):
    """What consoles of the team did, oldest first."""

    merge = Merge("told", limit=500)

    told: tuple[Told, ...] = ()
