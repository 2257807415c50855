import io
import json
import shutil
import zlib
from pathlib import Path

import pytest
from PIL import Image

from console.base.errors import WorldError
from console.models.image_classifier import OnnxImageClassifier
from console.models.pictures import MAX_FRAMES, decoded, frame_counts, frames_of

FOLDER = Path(__file__).parent / "tiny-image"


def picture(colour, size=(40, 30), form="PNG"):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, form)
    return file.getvalue()


@pytest.fixture(scope="module")
def classifier():
    return OnnxImageClassifier(FOLDER)


@pytest.fixture
def copied(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "model"))


def test_the_surest_label_comes_first_in_percent(classifier):
    found = classifier.classify(picture("red"))
    assert [(each.label, each.confidence) for each in found] == [("Red", 99.97), ("Green", 0.03)]
    assert classifier.classify(picture("lime"))[0].label == "Green"
    assert classifier.labels == ("Red", "Green")
    assert classifier.name == "tiny-image"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_formats(classifier, form):
    assert classifier.classify(picture("red", form=form))[0].label == "Red"


def test_black_is_neither(classifier):
    found = classifier.classify(picture("black", (1, 1)))
    assert [each.confidence for each in found] == [50.0, 50.0]


@pytest.mark.parametrize(
    "image", [b"", b"hello", b"\x89PNG\r\n\x1a\n", picture("red", form="TIFF")]
)
def test_what_is_no_image_of_a_known_format(image):
    with pytest.raises(WorldError, match="no image of a known format"):
        decoded(image)


def test_a_picture_cut_short():
    with pytest.raises(WorldError, match="The image is broken"):
        decoded(picture("red", (400, 300))[:-200])


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        (60_000, "too many pixels to be unpacked"),
        (9_000, "9,000 by 9,000 pixels; at most 64,000,000"),
    ],
)
def test_a_bomb_is_refused_before_it_is_unpacked(side, sentence):
    bomb = bytearray(picture("red", (8, 8)))
    bomb[16:24] = side.to_bytes(4, "big") * 2  # the size that a PNG states first
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    with pytest.raises(WorldError, match=sentence):
        decoded(bytes(bomb))


def test_sizes_are_stated_in_three_ways(copied):
    file = copied / "preprocessor_config.json"
    for size in (8, {"shortest_edge": 8}, {"width": 8, "height": 8}):
        file.write_text(json.dumps({"size": size}))
        assert OnnxImageClassifier(copied).classify(picture("red"))[0].label == "Red"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("config.json", "{}", "names no labels"),
        ("config.json", '{"id2label": {"1": "a"}}', "misses the label number '0'"),
        ("config.json", '{"id2label": {"0": "a"}}', "gives 2 scores for 1 labels"),
        ("config.json", "[1", "is not JSON"),
        ("config.json", "[]", "holds no table"),
        ("preprocessor_config.json", '{"size": "big"}', "states no size"),
        ("preprocessor_config.json", '{"size": 8, "image_mean": [1]}', "expected 3 numbers"),
        ("model.onnx", "hello", "cannot be read"),
    ],
)
def test_a_file_that_does_not_fit(copied, name, text, sentence):
    (copied / name).write_text(text)
    with pytest.raises(WorldError, match=sentence):
        OnnxImageClassifier(copied)


def test_a_file_that_is_missing(copied):
    (copied / "preprocessor_config.json").unlink()
    with pytest.raises(WorldError, match="could not be read: No such file"):
        OnnxImageClassifier(copied)


def test_numbers_that_are_none_are_refused(copied):
    (copied / "preprocessor_config.json").write_text('{"size": 4, "image_mean": [NaN, NaN, NaN]}')
    with pytest.raises(WorldError, match="expected numbers, found"):
        OnnxImageClassifier(copied)


def test_a_description_nested_a_hundred_thousand_times(copied):
    (copied / "config.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(WorldError, match=r"config\.json is nested too deeply"):
        OnnxImageClassifier(copied)


def animation(colours, form):
    file = io.BytesIO()
    first, *others = [Image.new("RGB", (40, 30), colour) for colour in colours]
    first.save(file, form, save_all=True, append_images=others, duration=50)
    return file.getvalue()


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_frame_of_an_animation_counts_wherever_it_is(classifier, form, number):
    colours = ["lime", "green", "#00ee00", "#00dd00", "#00cc00"]
    colours[number] = "red"
    surest = {each.label: each.confidence for each in classifier.classify(animation(colours, form))}
    assert surest["Red"] > 95
    assert classifier.frames(animation(colours, form)) == (5, 5)


def test_of_a_long_animation_some_frames_are_looked_at_up_to_the_last(classifier):
    colours = [f"#00{level:02x}00" for level in range(100, 199)]
    image = animation([*colours, "red"], "GIF")
    assert frame_counts(image) == (MAX_FRAMES, 100)
    assert classifier.classify(image)[0].label in {"Red", "Green"}
    assert len(list(frames_of(image))) == MAX_FRAMES
    assert {each.label: each.confidence for each in classifier.classify(image)}["Red"] > 95


def test_sixteen_bits_of_grey_keep_their_shades():
    grey = Image.new("I;16", (2, 1))
    grey.putpixel((0, 0), 0x1234)
    grey.putpixel((1, 0), 0xFFFF)
    file = io.BytesIO()
    grey.save(file, "PNG")
    picture = decoded(file.getvalue())
    assert [picture.getpixel((x, 0)) for x in (0, 1)] == [(0x12,) * 3, (255,) * 3]


def test_a_picture_is_turned_as_its_camera_says():
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter to the right
    Image.new("RGB", (40, 30)).save(file, "JPEG", exif=exif)
    assert decoded(file.getvalue()).size == (30, 40)


def test_what_is_clear_is_white_whatever_colour_is_under_it():
    file = io.BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(file, "PNG")
    assert decoded(file.getvalue()).getpixel((0, 0)) == (255, 255, 255)
