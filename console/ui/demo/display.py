"""Is there a screen? Decided before Qt is loaded, because Qt aborts without one."""

import sys
from collections.abc import Mapping


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be shown; an explicit QT_QPA_PLATFORM is trusted."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen not in ("offscreen", "minimal", "vnc")
    if platform.startswith(("win", "darwin")):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
