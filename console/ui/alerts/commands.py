"""The commands of alerts."""

from console.ui.command_table.commands import VIEW, Command

SHOW = "alerts.show"
SNOOZE_SOUND = "alerts.snooze_sound"
SNOOZE_CALL = "alerts.snooze_call"

ALERT_COMMANDS = (
    Command(
        id=SHOW,
        title="Alerts",
        group=VIEW,
        help="How raised lines that you do not look at reach you.",
    ),
    Command(
        id=SNOOZE_SOUND,
        title="Silence sounds for 10 minutes, or no longer",
        group=VIEW,
        key="Ctrl+Shift+A",
    ),
    Command(
        id=SNOOZE_CALL,
        title="Silence alerts of this call for 10 minutes, or no longer",
        group=VIEW,
    ),
)
