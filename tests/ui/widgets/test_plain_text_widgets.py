"""Text from calls is text: in labels, tooltips and menus."""

import pytest
from PySide6.QtCore import Qt

from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, menu_text, tip

HOSTILE = "<img src=x> & \u202eevil"


@pytest.mark.usefixtures("qapp")
def test_labels_show_markup_as_it_is(qtbot):
    label = PlainLabel(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<img src=x> & ⟦RLO⟧evil"


@pytest.mark.usefixtures("qapp")
def test_elided_labels_keep_the_whole_text_for_the_tooltip(qtbot):
    label = ElidedLabel("word " * 60)
    qtbot.addWidget(label)
    label.resize(80, 20)
    assert label.text().endswith("…")
    assert label.accessibleName() == "word " * 60
    assert label.accessibleName() == "word " * 60


def test_tooltips_are_escaped_and_cut():
    assert tip("<b>x</b>\ny") == "<p>&lt;b&gt;x&lt;/b&gt;<br>y</p>"
    assert tip("") == ""
    assert len(tip("x" * 9000)) < 700


def test_menu_texts_have_no_shortcut():
    assert menu_text("a & b") == "a && b"
