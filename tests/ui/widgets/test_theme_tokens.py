"""Both themes are complete, and every ink can be read on every ground it is used on."""

import json

import pytest

from console.base.errors import WorldError
from console.base.paths import resources
from console.ui.widgets.theme_tokens import load

THEMES = ["dark", "light"]
SURFACES = ("window", "panel", "raised", "hover", "selected")
INKS = ("text", "text_dim", "text_faint", "accent", "good", "warn", "bad", "idle")
FILLS = [
    ("on_accent", "accent_fill"),
    ("on_bad", "bad_fill"),
    ("warn", "warn_tint"),
    ("bad", "bad_tint"),
    ("text", "warn_tint"),
    ("text", "bad_tint"),
    ("text_dim", "bad_tint"),
    ("text_dim", "warn_tint"),
    ("text_faint", "bad_tint"),
    ("text_faint", "warn_tint"),
]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1.0 to 21.0 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture(params=THEMES)
def tokens(request):
    return load(resources() / "themes" / f"{request.param}.json")


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("ink", INKS)
def test_ink_is_readable_on_every_surface(tokens, ink, surface):
    assert contrast(getattr(tokens.colors, ink), getattr(tokens.colors, surface)) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), FILLS)
def test_ink_is_readable_on_filled_grounds(tokens, ink, ground):
    assert contrast(getattr(tokens.colors, ink), getattr(tokens.colors, ground)) >= 4.5


@pytest.mark.parametrize("fill", ["warn_fill", "bad_fill", "accent_fill"])
def test_bars_and_signs_stand_out_from_the_panel(tokens, fill):
    assert contrast(getattr(tokens.colors, fill), tokens.colors.panel) >= 3.0


@pytest.mark.parametrize("surface", ["window", "panel", "raised", "hover"])
def test_what_can_be_pressed_or_typed_in_has_an_edge_that_is_seen(tokens, surface):
    # WCAG 2.2, 1.4.11: 3 to 1 for what is needed to see that a control is there.
    assert contrast(tokens.colors.control, getattr(tokens.colors, surface)) >= 3.0


@pytest.mark.parametrize("surface", SURFACES)
def test_speakers_are_readable(tokens, surface):
    ground = getattr(tokens.colors, surface)
    assert [c for c in tokens.speakers if contrast(c, ground) < 4.5] == []


def test_themes_have_the_same_number_of_speakers():
    counts = {len(load(resources() / "themes" / f"{name}.json").speakers) for name in THEMES}
    assert counts == {8}


def test_contrast_of_black_and_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == 1.0


def test_schema_lists_what_the_code_wants():
    schema = json.loads((resources() / "themes" / "theme.schema.json").read_text())
    assert set(schema["required"]) == {"name", "dark", "colors", "speakers"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": 5}, "not usable"),
        ({"speakers": []}, "no colours for speakers"),
        ({"speakers": ["red"]}, "speaker 0"),
    ],
)
def test_broken_theme_is_refused(tmp_path, change, sentence):
    document = json.loads((resources() / "themes" / "dark.json").read_text()) | change
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(document))
    with pytest.raises(WorldError, match=sentence):
        load(path)


def test_missing_theme_is_refused(tmp_path):
    with pytest.raises(WorldError, match="could not be read"):
        load(tmp_path / "absent.json")
