"""Counting requests."""

import pytest

from console.sandbox.rate_limits import RateLimits, platform_of


def test_a_window_ends_with_its_minute():
    limits = RateLimits({"Ban": 2})
    first = limits.count("Ban", "web", "bo", 120.0)
    assert (first.limit, first.remaining, first.reset, first.retry_after) == (2, 1, 180, 0)
    assert limits.count("Ban", "server_side", "", 121.0).remaining == 1
    limits.count("Ban", "web", "ana", 130.0)
    over = limits.count("Ban", "web", "ana", 150.5)
    assert (over.remaining, over.retry_after) == (0, 30)
    assert over.headers()["Retry-After"] == "30"
    assert limits.count("Ban", "web", "ana", 180.0).retry_after == 0


def test_the_limit_of_one_user_spares_servers_and_others():
    limits = RateLimits(per_user=1)
    assert limits.count("GetCall", "web", "bo", 0.0).retry_after == 0
    assert limits.count("GetCall", "web", "bo", 0.0).retry_after == 60
    assert limits.count("GetCall", "web", "ana", 0.0).retry_after == 0
    for _ in range(3):
        assert limits.count("GetCall", "server_side", "", 0.0).retry_after == 0


def test_the_table_of_limits():
    limits = RateLimits({"Ban": 5})
    limits.count("Ban", "web", "", 10.0)
    assert limits.table(["Ban"], "web", 10.0) == {"Ban": {"limit": 5, "remaining": 4, "reset": 60}}


@pytest.mark.parametrize(
    ("client", "server", "platform"),
    [
        ("stream-python-client-7.0.0", True, "server_side"),
        ("stream-video-react-v1", False, "web"),
        ("stream-video-android-1.0", False, "android"),
        ("", False, "web"),
    ],
)
def test_platforms(client, server, platform):
    assert platform_of(client, server) == platform
