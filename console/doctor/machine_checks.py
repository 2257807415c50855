"""Folders, keyring, loopback: what the program needs of the machine."""

import asyncio
import os
import socket
import tempfile
from pathlib import Path

from console.doctor.finding import Finding, Level


def check_folder(subject: str, folder: Path) -> Finding:
    """Whether ``folder`` can be created and written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            subject,
            Level.MISSING,
            f"{folder} cannot be written: {error.strerror}.",
            "Change its owner, or start with --home FOLDER.",
        )
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return Finding(
            subject,
            Level.NOTE,
            f"{folder} can be read by others on this machine.",
            f"chmod 700 {folder}",
        )
    return Finding(subject, Level.OK, f"{folder}")


def check_keyring() -> Finding:
    """Whether there is a keyring that keeps secrets after the session."""
    try:
        from console.base.secrets import Secrets

        lasting = asyncio.run(Secrets().lasting())
    except ImportError as error:
        return Finding("Keyring", Level.MISSING, f"keyring cannot be loaded: {error}.")
    if not lasting:
        return Finding(
            "Keyring",
            Level.NOTE,
            "No system keyring answers: secrets are kept for the session only.",
            "On Debian desktops: apt-get install gnome-keyring",
        )
    return Finding("Keyring", Level.OK, "The system keyring keeps secrets.")


def check_loopback() -> Finding:
    """Whether the sandbox can listen and be reached."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            address = server.getsockname()
            with socket.create_connection(address, timeout=3):
                pass
    except OSError as error:
        return Finding(
            "Loopback",
            Level.MISSING,
            f"Nothing can listen on 127.0.0.1: {error.strerror}.",
            "The demo and the sandbox need it; a firewall or container may forbid it.",
        )
    return Finding("Loopback", Level.OK, "The sandbox can listen on 127.0.0.1.")
