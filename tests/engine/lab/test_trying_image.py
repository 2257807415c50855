"""An image file is read within bounds and judged where a classifier is; nothing is fetched."""

import asyncio
import os

import pytest

from console.base.errors import WorldError
from console.domain.local_models import ImageLabel
from console.domain.picture import image_kind
from console.engine.services.lab.policies import Policies
from console.engine.services.lab.trying_image import MAX_BYTES, ImageTrying, read_image
from console.protocol.lab import PolicyText, TryImage
from tests.patience import patient

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
POLICY = PolicyText(
    'key = "chat"\n[ai_image_config]\nrules = [{ label = "gore", action = "remove" }]'
)


@pytest.fixture
def png(tmp_path):
    file = tmp_path / "a.png"
    file.write_bytes(PNG)
    return file


class Toy:
    """Sure of one label; refuses an image that is not PNG."""

    name = "toy"
    labels = ("GORE",)

    def classify(self, image):
        if image != PNG:
            raise WorldError("The picture is cut short.")
        return (ImageLabel("GORE", 91.5),)

    def frames(self, image):
        return (24, 100)


async def tried(path, classifier=None, policy=POLICY):
    """The answer for one file."""
    trying = ImageTrying(Policies(), lambda: classifier)
    answer = trying.handlers[TryImage](TryImage("i", policy, str(path)))
    assert answer is not None
    return await asyncio.wait_for(answer, patient(5))


async def test_without_a_classifier_it_says_what_the_file_is_and_who_could_judge_it(png):
    answer = await tried(png)
    assert (answer.judgement, answer.found) == (None, "PNG, 108 bytes")
    assert answer.sentence.startswith("Images need Stream, or a local image classifier")


async def test_a_classifier_judges_by_the_policy(png):
    answer = await tried(png, Toy())
    assert (answer.judgement.action, answer.source) == ("remove", "toy")
    assert answer.judgement.why == (
        "Local classifier toy: GORE (92 of 100); Stream's own labels may differ."
    )
    assert answer.labels == (ImageLabel("GORE", 91.5),)
    assert answer.sentence == ""


async def test_labels_without_a_rule_are_shown_and_kept(png):
    answer = await tried(png, Toy(), PolicyText('key = "chat"'))
    assert answer.judgement.action == "keep"
    assert answer.labels == (ImageLabel("GORE", 91.5),)


async def test_a_policy_with_errors_judges_no_image(png):
    answer = await tried(png, Toy(), PolicyText("key = 1"))
    assert answer.sentence == "The policy has errors, so no image is judged."


async def test_what_the_classifier_refuses_is_said(png):
    png.write_bytes(PNG[:-1])
    assert (await tried(png, Toy())).sentence == "The picture is cut short."


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere.png", "nowhere.png could not be read: No such file or directory."),
        ("folder", "folder is no file."),
        ("words.txt", "words.txt is no PNG, JPEG, GIF, WebP or BMP image."),
        ("pipe", "pipe is no file."),
        ("huge.png", "huge.png is larger than 20.0 MB."),
    ],
)
async def test_what_is_no_image_is_said_in_one_sentence(tmp_path, name, sentence):
    (tmp_path / "folder").mkdir()
    (tmp_path / "words.txt").write_text("hello")
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge.png").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    answer = await tried(tmp_path / name)
    assert (answer.sentence, answer.found, answer.judgement) == (sentence, "", None)


def test_a_path_with_a_nul_is_no_path(tmp_path):
    with pytest.raises(WorldError, match="no path"):
        read_image(tmp_path / "a\0b")


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"BM\0\0", "BMP"),
        (b"<svg onload=alert(1)>", ""),
        (b"", ""),
    ],
)
def test_the_first_bytes_tell_the_format(begin, kind):
    assert image_kind(begin) == kind


async def test_a_home_folder_that_is_not_there_is_a_sentence():
    answer = await tried("~no-such-user/x.png")
    assert answer.sentence == "~no-such-user is no home folder here."


async def test_how_much_of_an_animation_was_looked_at_is_said(png):
    assert (await tried(png, Toy())).found == "PNG, 108 bytes, 24 of 100 frames"
