"""One set of tokens becomes palette, style sheet and pictures."""

import re

import pytest
from PySide6.QtGui import QPalette

from console.base.paths import resources
from console.ui.widgets import icons
from console.ui.widgets.theme import Theme, style_sheet


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_style_sheet_has_no_token_left(qapp, choice):
    template = (resources() / "style.qss").read_text()
    sheet = style_sheet(template, Theme(choice).tokens)
    assert "{{" not in sheet
    assert not re.search(r"#[0-9a-f]{3,6}\b", template.split("*/", 1)[1])


def test_the_choice_is_followed_and_told(qapp, qtbot):
    theme = Theme("dark")
    with qtbot.waitSignal(theme.changed):
        assert theme.toggle() == "light"
    assert not theme.tokens.dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.hex("window")
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("light")
    theme.choose("nonsense")
    assert theme.choice == "system"


# Qt's style sheets draw these as they are, so their colour has to suit both themes.
IN_STYLE_SHEETS = {"tick": "#ffffff", "select": "#7d8797"}


@pytest.mark.parametrize("path", sorted(icons.icon_folder().glob("*.svg")), ids=lambda p: p.stem)
def test_every_icon_draws_something_in_its_colour(qapp, path):
    picture = icons.pixmap(path.stem, "#ff0000", 32).toImage()
    painted = [
        picture.pixelColor(x, y)
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() > 200
    ]
    assert painted
    wanted = IN_STYLE_SHEETS.get(path.stem, "#ff0000")
    assert {color.name() for color in painted} == {wanted}


def test_no_icon_has_a_path_for_a_name(qapp):
    with pytest.raises(ValueError, match="no icon name"):
        icons.pixmap("../secret", "#ff0000", 16)


def test_no_colour_is_written_outside_the_tokens():
    folder = resources().parent / "console" / "ui"
    found = [
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if re.search(r"[\"']#[0-9a-fA-F]{3,8}[\"']", path.read_text(encoding="utf-8"))
    ]
    assert found == []
