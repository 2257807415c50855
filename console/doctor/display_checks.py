"""Can Qt load, open a window, and draw every script?"""

import ctypes.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping

from console.doctor.finding import Finding, Level

# Debian and Ubuntu names of what Qt's xcb platform plug-in loads (Qt 6 documentation,
# "Qt for Linux/X11": https://doc.qt.io/qt-6/linux-requirements.html).
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
_WINDOW_LIBRARIES = ("xcb-cursor", "xcb-icccm", "xcb-keysyms", "xcb-shape", "xkbcommon-x11")
PROBE_SECONDS = 60


def check_qt_loads() -> list[Finding]:
    """Load QtWidgets in another process, so that a crash there is only a finding here."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        probe = subprocess.run(
            [sys.executable, "-m", "console.doctor.qt_probe"],
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [Finding("Qt", Level.MISSING, f"Qt did not start within {PROBE_SECONDS} seconds.")]
    if probe.returncode != 0:
        return [explain_failure(probe.stderr)]
    return [Finding("Qt", Level.OK, "Qt loads."), *explain_fonts(probe.stdout)]


def explain_failure(stderr: str) -> Finding:
    """A failed start of Qt as a finding that names the package to install."""
    match = re.search(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object", stderr)
    if match:
        library = match.group(1)
        package = DEBIAN_PACKAGES.get(library, library)
        return Finding(
            "Qt",
            Level.MISSING,
            f"Qt cannot start: the system library {library} is missing.",
            f"On Debian: apt-get install {package}",
        )
    last = stderr.strip().splitlines()[-1:] or ["no message"]
    return Finding("Qt", Level.MISSING, f"Qt cannot start: {last[0]}.")


def explain_fonts(stdout: str) -> list[Finding]:
    """Which scripts would show as empty boxes."""
    seen = json.loads(stdout)
    if not seen["families"]:
        return [
            Finding(
                "Fonts",
                Level.MISSING,
                "No font is installed: text would be empty boxes.",
                "On Debian: apt-get install fonts-dejavu-core",
            )
        ]
    if seen["lacking"]:
        return [
            Finding(
                "Fonts",
                Level.NOTE,
                f"No font here draws {', '.join(seen['lacking'])}: such text shows as boxes.",
                "On Debian: apt-get install fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji",
            )
        ]
    return [Finding("Fonts", Level.OK, "Fonts for all sampled scripts.")]


def check_display(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Finding:
    """A screen to open a window on, and the libraries that need one."""
    if platform != "linux":
        return Finding("Display", Level.OK, "The system's own.")
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return Finding(
            "Display",
            Level.NOTE,
            "There is no display here: the demo renders offscreen.",
            "Start it in a desktop session, or under Xvfb.",
        )
    absent = [name for name in _WINDOW_LIBRARIES if ctypes.util.find_library(name) is None]
    if absent and environment.get("DISPLAY"):
        files = {name.split(".so")[0].removeprefix("lib"): p for name, p in DEBIAN_PACKAGES.items()}
        packages = " ".join(files.get(name, f"lib{name}0") for name in absent)
        return Finding(
            "Display",
            Level.MISSING,
            f"A window needs the system libraries {', '.join(absent)}.",
            f"On Debian: apt-get install {packages}",
        )
    return Finding("Display", Level.OK, "A display and the libraries for a window.")
