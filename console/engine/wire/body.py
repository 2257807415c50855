"""The body of an HTTP answer, read and unpacked no further than a limit."""

import zlib

import httpx

ACCEPTED_ENCODING = "gzip"


async def read_body(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    """At most ``most`` bytes of the unpacked body, and whether that is all of it.

    A few bytes can unpack to gigabytes, so it is not left to the HTTP client, which has no limit.
    What comes in an encoding that was not asked for is not read.

    Raises:
        httpx.RequestError: the connection broke.
    """
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        unpack = None
    elif encoding in (ACCEPTED_ENCODING, "x-gzip"):
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    else:
        return b"", False
    body = bytearray()
    async for packed in response.aiter_raw():
        if unpack is None:
            body += packed
        else:
            try:
                body += unpack.decompress(packed, most + 1 - len(body))
            except zlib.error:
                return bytes(body), False
        if len(body) > most:
            return bytes(body[:most]), False
    return bytes(body), unpack is None or unpack.eof
