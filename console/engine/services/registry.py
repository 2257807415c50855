"""The services of a sign-in, in the order in which each of them sees an event."""

from console.engine.services.acts import Acts
from console.engine.services.app_wide import AppWide
from console.engine.services.appearance import Appearance
from console.engine.services.audio_device import AudioDevice
from console.engine.services.audit_log import AuditLog
from console.engine.services.automation.service import Automation
from console.engine.services.avatars import Avatars
from console.engine.services.caption_control import CaptionControl
from console.engine.services.chats import Chats
from console.engine.services.doors import Doors
from console.engine.services.evidence.service import EvidenceOfActs
from console.engine.services.frames.service import Frames
from console.engine.services.handover import HandoverSheets
from console.engine.services.items import Items
from console.engine.services.judging.service import Judging
from console.engine.services.labels.service import Labels
from console.engine.services.listening.service import Listening
from console.engine.services.live import Live
from console.engine.services.members import Members
from console.engine.services.names.service import Names
from console.engine.services.older_messages import OlderMessagesOfChats
from console.engine.services.past_calls import PastCalls
from console.engine.services.people import People
from console.engine.services.raid import Raid
from console.engine.services.raised_items import RaisedItems
from console.engine.services.requests import Requests
from console.engine.services.retention import RetentionService
from console.engine.services.review.service import ReviewQueue
from console.engine.services.sanctions.service import Sanctions
from console.engine.services.search import Search
from console.engine.services.service import Service
from console.engine.services.stream_rules import StreamCallRules
from console.engine.services.suspensions import Suspensions
from console.engine.services.team import Team
from console.engine.services.tracks import TrackFollower
from console.engine.services.watcher import Watcher
from console.engine.services.webhooks import Webhooks

SERVICES: tuple[type[Service], ...] = (
    RaisedItems,  # before the acts: each of their receipts may handle something
    Acts,  # before the others: it knows which act an event confirms
    Live,
    Watcher,
    TrackFollower,
    CaptionControl,
    Chats,
    Items,  # after the calls and people it belongs to
    OlderMessagesOfChats,
    Judging,
    Names,
    Avatars,
    Listening,
    Frames,
    Labels,
    StreamCallRules,
    Automation,  # after the acts, which know whose event it is
    People,
    PastCalls,
    EvidenceOfActs,
    Requests,
    Suspensions,
    AudioDevice,
    Members,
    Appearance,
    Doors,
    Raid,
    AppWide,
    ReviewQueue,
    Team,
    Sanctions,  # after the calls and people: it asks who is there
    HandoverSheets,
    Search,
    Webhooks,  # after all that its events are for
    RetentionService,
    AuditLog,  # the last to close: it notes the end of the sign-in
)
