"""Stream's Python SDK joins the sandbox through its own extra, in an environment of its own.

That extra wants other versions of aiortc and av than ours.
"""

import asyncio
import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import msgspec

from console.ui.demo.sandbox_process import SandboxProcess
from tests.patience import patient

CLIENTS = Path(__file__).parents[2] / "clients"
INSTALL_S = 600.0


def _environment(folder: Path) -> Path:
    """The Python of an environment with the SDK's own media."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=patient(120))
    python = folder / "bin" / "python"
    sdk = f"getstream[webrtc]=={importlib.metadata.version('getstream')}"
    subprocess.run([python, "-m", "pip", "install", "--quiet", sdk], check=True, timeout=INSTALL_S)
    return python


async def test_the_sdk_joins_and_hears(tmp_path):
    python = await asyncio.to_thread(_environment, tmp_path / "sdk")
    arguments = ["--scenario", str(CLIENTS / "stage.toml"), "--paused"]
    sandbox = SandboxProcess(arguments, tmp_path / "sandbox.log", home=tmp_path)
    address = await sandbox.start()
    try:
        process = await asyncio.create_subprocess_exec(
            python,
            CLIENTS / "sdk_join.py",
            env={"SANDBOX": json.dumps(msgspec.to_builtins(address)), "HOME": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, errors = await asyncio.wait_for(process.communicate(), patient(90))
    finally:
        await sandbox.stop()
    assert process.returncode == 0, errors.decode()[-3000:]
    assert json.loads(out) == {"state": "CallingState.JOINED", "heard": True}
