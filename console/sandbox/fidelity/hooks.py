"""Where the app gets its events besides sockets: web addresses, SQS queues, SNS topics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from console.sandbox.api_errors import input_error
from console.sandbox.rendering import fields
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

_TARGET_KEYS = {"webhook": "webhook_url", "sqs": "sqs_queue_url", "sns": "sns_topic_arn"}
PRODUCTS = ("all", "video", "moderation", "chat", "feeds")

# What sockets get and hooks do not (STREAM.md 3.7).
_SOCKETS_ONLY = ("app.updated", "connection.ok", "connection.error", "health.check")
_MODERATION = ("review_queue_item.", "moderation_check.", "moderation_rule.", "moderation.")

# The app's older single addresses, each a hook of its own.
_OLD_WAYS = {
    "webhook_url": ("webhook", "all"),
    "moderation_webhook_url": ("webhook", "moderation"),
    "sqs_url": ("sqs", "all"),
    "sns_topic_arn": ("sns", "all"),
}

Fields = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Hook:
    """One receiver (EventHook).

    Attributes:
        target: the URL, queue URL or topic ARN.
        event_types: those it wants; none, or ``*``, means all.
        product: whose events; which type belongs to which product is our reading (?).
    """

    id: str
    hook_type: str
    target: str
    created_at: float
    enabled: bool = True
    event_types: tuple[str, ...] = ()
    product: str = "all"
    timeout_ms: int | None = None

    def wants(self, event_type: str) -> bool:
        """Whether events of this type go here."""
        if not self.enabled or event_type in (*_SOCKETS_ONLY, "user.presence.changed"):
            return False
        if self.event_types and not {"*", event_type}.intersection(self.event_types):
            return False
        moderation = event_type.startswith((*_MODERATION, "appeal."))
        chat = event_type.startswith("message.")
        match self.product:
            case "moderation":
                return moderation
            case "video":
                return not moderation and not chat
            case "chat":
                return chat
            case "all":
                return True
            case _:
                return False

    def wire(self) -> dict[str, Any]:
        """EventHook, without keys of other clouds."""
        return {
            **fields(self, "target"),
            _TARGET_KEYS[self.hook_type]: self.target,
            "updated_at": Stamp(self.created_at),
        }


class Hooks:
    """The app's hooks.

    Attributes:
        compressed: bodies are packed with gzip (``enable_hook_payload_compression``).
        settings: what else was set on the app, kept and given back.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._listed: dict[str, Hook] = {}
        self._old: dict[str, Hook] = {}
        self.compressed = False
        self.settings: dict[str, Any] = {}

    def __iter__(self) -> Any:
        return iter((*self._listed.values(), *self._old.values()))

    @property
    def listed(self) -> list[Hook]:
        """Those of ``event_hooks``."""
        return list(self._listed.values())

    def update(self, wanted: Fields) -> None:
        """Change the app; hooks given as a list replace the list there was.

        Raises:
            ApiError: 400, a hook cannot be; nothing is changed then.
        """
        listed = None
        if wanted.get("event_hooks") is not None:
            listed = [self._hook(one) for one in wanted["event_hooks"]]
        old: dict[str, Hook | None] = {}
        for name, (kind, product) in _OLD_WAYS.items():
            target = wanted.get(name)
            if target is not None:
                events = wanted.get("webhook_events") if kind == "webhook" else None
                old[name] = self._old_hook(name, kind, product, target, events or ())
        if listed is not None:
            self._listed = {hook.id: hook for hook in listed}
        for name, hook in old.items():
            self._old.pop(name, None)
            if hook is not None:
                self._old[name] = hook
        if wanted.get("enable_hook_payload_compression") is not None:
            self.compressed = bool(wanted["enable_hook_payload_compression"])
        kept = {name: value for name, value in wanted.items() if value is not None}
        kept.pop("event_hooks", None)
        self.settings |= kept

    def _old_hook(
        self, name: str, kind: str, product: str, target: object, events: Sequence[str]
    ) -> Hook | None:
        if not target:
            return None
        return Hook(
            name, kind, _target(kind, target), self._state.now(), True, tuple(events), product
        )

    def _hook(self, one: Fields) -> Hook:
        kind = one.get("hook_type")
        if kind not in _TARGET_KEYS:
            raise input_error(f"hook_type must be one of {', '.join(_TARGET_KEYS)}")
        product = one.get("product") or "all"
        if product not in PRODUCTS:
            raise input_error(f"product must be one of {', '.join(PRODUCTS)}")
        return Hook(
            id=str(one.get("id") or self._state.new_id()),
            hook_type=kind,
            target=_target(kind, one.get(_TARGET_KEYS[kind])),
            created_at=self._state.now(),
            enabled=one.get("enabled") is not False,
            event_types=tuple(one.get("event_types") or ()),
            product=product,
            timeout_ms=one.get("timeout_ms"),
        )


def _target(kind: str, value: object) -> str:
    """Where a hook sends to.

    Raises:
        ApiError: 400, there is none; or it is another machine's, which a stand-in must not call.
    """
    if not isinstance(value, str) or not value:
        raise input_error(f"a hook of type {kind} needs an address")
    if kind != "webhook":
        return value
    parts = urlsplit(value)
    host = parts.hostname or ""
    try:
        near = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        near = False
    if parts.scheme not in ("http", "https") or not near:
        raise input_error("the sandbox sends webhooks to this machine only")
    return value
