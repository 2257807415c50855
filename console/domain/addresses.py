"""Which addresses a secret may be sent to. Pure."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from console.domain.sign_in import Profile, coordinator_url

SECURE = {"http": "https", "ws": "wss"}


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine itself: what is sent there passes no network."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def wrong_with_addresses(profile: Profile) -> str:
    """One sentence on why the addresses of ``profile`` cannot be used, empty when they can.

    An address without encryption sends secret and token in clear: it is used only on this
    machine, or where the user said so.
    """
    for url, schemes in (
        (profile.base_url, ("http", "https")),
        (coordinator_url(profile), ("ws", "wss")),
    ):
        parts = _split(url)
        if parts is None or parts.scheme not in schemes or not parts.hostname:
            return f"{url or 'An empty address'} is no address that begins with {schemes[1]}://."
        clear = parts.scheme in SECURE and not is_loopback(parts.hostname)
        if clear and not profile.unencrypted:
            secure = SECURE[parts.scheme]
            return (
                f"{parts.scheme}://{parts.hostname} would send your secret unencrypted;"
                f" use {secure}://, or allow it."
            )
    return ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is none
    except ValueError:
        return None
    return parts
