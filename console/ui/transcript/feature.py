"""The transcript as a feature of the window."""

from console.ui.command_table.commands import NAVIGATE, VIEW, Command
from console.ui.state.feature import Area, Feature
from console.ui.transcript.transcript_panel import TranscriptPanel

TRANSCRIPT = Feature(
    id="transcript",
    title="Transcript",
    icon="chat",
    area=Area.STAGE,
    panel=TranscriptPanel,
    show=Command(id="focus.transcript", title="To the transcript", group=NAVIGATE, key="F3"),
    commands=(
        Command(id="go.newest", title="Jump to the newest line", group=NAVIGATE, key="End"),
        Command(
            id="call.controls",
            title="Controls of the call",
            group=VIEW,
            key="Ctrl+E",
            help="What may be sent in it, what runs beside it, who waits for their rights.",
        ),
        Command(
            id="call.listen",
            title="Listen to the call, or stop",
            group=VIEW,
            key="Alt+J",
            help="What is said in it is written down on this machine; the call sees you.",
        ),
        Command(
            id="call.replay",
            title="Hear the chosen person again, or stop",
            group=VIEW,
            key="Alt+P",
            help="What they said in the last half minute, where you listen to the call.",
        ),
        Command(
            id="chat.older",
            title="Older messages of the chat",
            group=VIEW,
            key="Ctrl+Home",
            help="What was written in the chat of the call before all that is shown, page by page.",
        ),
        Command(id="view.raised_only", title="Only raised lines", group=VIEW, key="F"),
    ),
)
