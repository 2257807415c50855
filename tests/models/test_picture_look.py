"""A look at a picture, by the real models. Nothing explicit is in this repository, nor fetched."""

import io
import socket
import struct
import zlib

import pytest

from console.base.errors import WorldError
from console.base.paths import resources
from console.domain.picture import EXPLICIT, SUGGESTIVE
from console.models.picture_registry import load_eyes, load_labels
from tests.media_extra import need_media

need = ("rapidocr", "zxingcpp", "onnxruntime", "PIL", "numpy")
LINK = "https://scam.example/x"


@pytest.fixture(scope="module")
def eyes():
    need_media(*need)
    return load_eyes(resources() / "models")


def page(text, code="", kind="PNG", frames=1):
    """A page with ``text``, as the last of some frames; the others are empty."""
    image, draw = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageDraw")
    font = pytest.importorskip("PIL.ImageFont").load_default(size=36)
    made = [image.new("RGB", (800, 400), (255, 255, 255 - number)) for number in range(frames)]
    draw.Draw(made[-1]).text((40, 40), text, "black", font)
    if code:
        made[-1].paste(_qr(image, code), (450, 120))
    into = io.BytesIO()
    more = {"save_all": True, "append_images": made[1:]} if frames > 1 else {}
    made[0].save(into, kind, **more)
    return into.getvalue()


def _qr(image, text):
    zxing, numpy = pytest.importorskip("zxingcpp"), pytest.importorskip("numpy")
    code = zxing.create_barcode(text, zxing.BarcodeFormat.QRCode)
    return image.fromarray(numpy.array(code.to_image(scale=6))).convert("RGB")


def png_header(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def test_text_and_qr_codes_are_read_and_a_page_is_harmless(eyes, monkeypatch):
    def no_network(*_args):
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    seen = eyes.look(page("Send money to me now", LINK))
    assert seen.text == "Send money to me now"
    assert seen.qr == (LINK,)
    assert (seen.width, seen.height) == (800, 400)
    assert dict(seen.labels).keys() == {EXPLICIT, SUGGESTIVE}
    assert all(0 <= score < 0.2 for _, score in seen.labels)
    assert seen.jpeg.startswith(b"\xff\xd8")
    assert len(seen.jpeg) < 30_000


def test_the_last_frame_of_an_animation_is_read_too(eyes):
    assert eyes.look(page("Pay me", LINK, "GIF", frames=3)).qr == (LINK,)


def test_what_is_no_picture_ends_in_a_sentence(eyes):
    jpeg = page("Hello", kind="JPEG")
    for image, part in (
        (b"no picture", "no image"),
        (b"", "no image"),
        (jpeg[: len(jpeg) // 2], "broken"),
        (png_header(20_000, 20_000), "too many pixels"),
        (png_header(300, 300), "broken"),
    ):
        with pytest.raises(WorldError, match=part):
            eyes.look(image)


def test_a_model_that_is_another_one_is_not_used(tmp_path):
    need_media(*need)
    folder = tmp_path / "nsfwjs-mobilenet-v2"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"something else")
    with pytest.raises(WorldError, match="not the one that came with the program"):
        load_labels(tmp_path)
