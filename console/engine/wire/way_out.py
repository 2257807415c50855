"""The way out of this machine, the same for REST and sockets: proxy and trusted certificates."""

import ssl
import urllib.request
from urllib.parse import urlsplit

import truststore

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.domain.addresses import is_loopback

SCHEMES = {"wss": "https", "ws": "http"}
PROXIES = ("http", "https")


def proxy_for(url: str) -> str | None:
    """The proxy that leads to ``url``, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY or the
    system's settings say; None for the direct way, which this machine itself always has.

    Raises:
        WorldError: one is named that cannot be used.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or urllib.request.proxy_bypass(_with_port(host, parts.port)):
        return None
    named = urllib.request.getproxies()
    proxy = named.get(SCHEMES.get(parts.scheme, parts.scheme)) or named.get("all")
    return _checked(proxy) if proxy else None


def trusted() -> ssl.SSLContext:
    """Trusts what this system trusts, a company's own certificates included."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _with_port(host: str, port: int | None) -> str:
    return host if port is None else f"{host}:{port}"


def _checked(proxy: str) -> str:
    url = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number
        if parts.scheme in PROXIES and parts.hostname:
            return f"{parts.scheme}://{parts.netloc}"
        shown = f"{parts.scheme}://{parts.hostname or ''}"
    except ValueError:
        shown = "its address"
    raise WorldError(
        f"The proxy for Stream cannot be used: {visible(shown)[:200]}.",
        "Name one with http:// or https:// in HTTPS_PROXY, or Stream's host in NO_PROXY.",
    )
