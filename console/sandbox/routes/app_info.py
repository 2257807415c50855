"""Settings and limits of the app, and its servers."""

from typing import Any

import msgspec
from msgspec import Struct

from console.sandbox.operation import Asked, time_of
from console.sandbox.timestamps import stamp

_EMPTY_UPLOAD = {
    "allowed_file_extensions": [],
    "allowed_mime_types": [],
    "blocked_file_extensions": [],
    "blocked_mime_types": [],
    "size_limit": 0,
}

_FLAGS_OFF = (
    "allow_multi_user_devices",
    "async_url_enrich_enabled",
    "auto_translation_enabled",
    "campaign_enabled",
    "disable_auth_checks",
    "disable_permissions_checks",
    "feed_audit_logs_enabled",
    "guest_user_creation_disabled",
    "image_moderation_enabled",
    "member_custom_on_mentioned_users_enabled",
    "member_custom_on_messages_enabled",
    "member_custom_on_typing_events_enabled",
    "moderation_audio_call_moderation_enabled",
    "moderation_keyframe_video_enabled",
    "moderation_llm_configurability_enabled",
    "moderation_multitenant_blocklist_enabled",
    "moderation_video_call_moderation_enabled",
    "multi_tenant_enabled",
    "suspended",
    "user_response_time_enabled",
)
_TEXTS_EMPTY = (
    "custom_action_handler_url",
    "moderation_webhook_url",
    "organization",
    "placement",
    "sns_key",
    "sns_secret",
    "sns_topic_arn",
    "sqs_key",
    "sqs_secret",
    "sqs_url",
    "suspended_explanation",
    "webhook_url",
)


class AppChange(Struct):
    """What of an app can be changed here; other settings are accepted and forgotten."""

    event_hooks: list[dict[str, Any]] | None = None
    webhook_url: str | None = None
    webhook_events: list[str] | None = None
    moderation_webhook_url: str | None = None
    sqs_url: str | None = None
    sns_topic_arn: str | None = None
    enable_hook_payload_compression: bool | None = None
    allowed_flag_reasons: list[str] | None = None
    revoke_tokens_issued_before: str | int | float | None = None


def _reduced() -> dict[str, Any]:
    """What a user token may see."""
    return {
        "name": "Moderator Console sandbox",
        "async_url_enrich_enabled": False,
        "auto_translation_enabled": False,
        "id": 1,
        "placement": "",
        "file_upload_config": _EMPTY_UPLOAD,
        "image_upload_config": _EMPTY_UPLOAD,
    }


async def get_app(asked: Asked) -> dict[str, Any]:
    reduced = _reduced()
    if not asked.who.server:
        return {"app": reduced}
    grants = {
        name: sorted({grant for held in kind.grants.values() for grant in held})
        for name, kind in asked.world.state.types.items()
    }
    return {
        "app": {
            **dict.fromkeys(_FLAGS_OFF, False),
            **dict.fromkeys(_TEXTS_EMPTY, ""),
            **reduced,
            "cdn_expiration_seconds": 0,
            "max_aggregated_activities_length": 0,
            "reminders_interval": 0,
            "enforce_unique_usernames": "no",
            "permission_version": "v2",
            "moderation_enabled": True,
            "use_hook_v2": True,
            "user_search_disallowed_roles": [],
            "call_types": {},
            "channel_configs": {},
            "policies": {},
            "push_notifications": {
                "version": "v2",
                "offline_only": False,
                "apn": {"enabled": False, "development": False},
                "firebase": {"enabled": False},
                "huawei": {"enabled": False},
                "xiaomi": {"enabled": False},
            },
            "webhook_events": [],
            **asked.world.hooks.settings,
            "grants": grants,
            "event_hooks": [hook.wire() for hook in asked.world.hooks.listed],
            "revoke_tokens_issued_before": stamp(asked.world.state.tokens_from),
        }
    }


async def update_app(asked: Asked) -> None:
    change = msgspec.structs.asdict(asked.body(AppChange))
    name = "revoke_tokens_issued_before"
    tokens_from = time_of(name, change.pop(name))
    asked.world.hooks.update(change)
    if name in asked.body(dict[str, Any]):
        asked.world.state.tokens_from = tokens_from
    asked.world.state.emit("app.updated", payload={"app": _reduced(), "custom": {}})


async def get_edges(asked: Asked) -> dict[str, Any]:
    return {
        "edges": [
            {
                "id": "sandbox",
                "latency_test_url": "http://127.0.0.1/latency-not-served",
                "latitude": 52.37,
                "longitude": 4.9,
                "green": 40,
                "yellow": 80,
                "red": 120,
                "country_iso_code": "NL",
                "subdivision_iso_code": "NL-NH",
                "continent_code": "EU",
            }
        ]
    }


async def get_rate_limits(asked: Asked) -> dict[str, Any]:
    platforms = ("server_side", "web", "ios", "android", "unity")
    chosen = [name for name in platforms if asked.query.get(name) == "true"] or list(platforms)
    wanted = {name for name in asked.query.get("endpoints", "").split(",") if name}
    return {
        platform: {
            name: limit
            for name, limit in asked.rate_limit_table(platform).items()
            if not wanted or name in wanted
        }
        for platform in chosen
    }
