"""How a moderator signs in. The secret or token itself is never part of a profile."""

from enum import StrEnum

from msgspec import Struct

STREAM_BASE_URL = "https://chat.stream-io-api.com"
"""Where the Python SDK sends every product's requests by default (STREAM.md 1.3)."""

STREAM_VIDEO_URL = "https://video.stream-io-api.com"
"""Where Stream's clients open the coordinator socket and ask for watches (STREAM.md 1.3, 2.1)."""

DEFAULT_USER_ID = "moderator-console"


class Method(StrEnum):
    """SECRET: an app secret, for supervisors who administrate. TOKEN: a user token, preferred."""

    SECRET = "secret"
    TOKEN = "token"


class Profile(Struct, frozen=True, kw_only=True):
    """One way into one app.

    Attributes:
        name: chosen by the user, unique; also the name of the secret in the keyring.
        user_id: who acts. With a token it is the token's own user and may be left empty.
        base_url: of REST. ws_url: of the coordinator socket; empty means derived from base_url.
        config_key: moderation policy that judges captions; empty lets Stream choose.
        team_channel: the cid of the chat channel over which the consoles of the team tell each
            other what they do; empty, as at first, for none.
        chat_rule: where the chat channels of calls are looked for (console.domain.chat); empty for
            the usual places.
        unencrypted: the user allowed addresses of other machines without encryption.
    """

    name: str
    api_key: str
    method: Method
    user_id: str = DEFAULT_USER_ID
    base_url: str = STREAM_BASE_URL
    ws_url: str = ""
    config_key: str = ""
    team_channel: str = ""
    chat_rule: str = ""
    unencrypted: bool = False


def video_url(profile: Profile) -> str:
    """The host that carries the socket and its watches: ``base_url``, but for Stream's default."""
    base = profile.base_url.rstrip("/")
    return STREAM_VIDEO_URL if base == STREAM_BASE_URL else base


def coordinator_url(profile: Profile) -> str:
    """The coordinator socket's address: ``ws_url``, or the one at the video host."""
    return profile.ws_url or socket_url(video_url(profile))


def socket_url(base_url: str) -> str:
    """The address of the socket at the host of ``base_url``."""
    scheme, _, rest = base_url.rstrip("/").partition("://")
    return f"{'ws' if scheme == 'http' else 'wss'}://{rest}/api/v2/connect"
