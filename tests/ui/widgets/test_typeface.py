import pytest
from PySide6.QtGui import QFont

from console.base.paths import resources
from console.ui.widgets.typeface import is_generic, use_typeface


@pytest.fixture
def font_kept(qapp):
    before = qapp.font()
    yield qapp
    qapp.setFont(before)


def test_a_generic_font_is_replaced_and_its_size_is_kept(font_kept):
    generic = QFont("Sans Serif")
    generic.setPointSizeF(11.5)
    font_kept.setFont(generic)
    assert use_typeface(font_kept, resources() / "fonts") == "Inter"
    assert font_kept.font().families()[0] == "Inter"
    assert font_kept.font().pointSizeF() == 11.5


def test_a_font_that_the_system_chose_stays(font_kept):
    font_kept.setFont(QFont("Segoe UI"))
    assert use_typeface(font_kept, resources() / "fonts") == "Segoe UI"


def test_without_the_files_nothing_changes(font_kept, tmp_path):
    font_kept.setFont(QFont("Sans Serif"))
    assert use_typeface(font_kept, tmp_path) == "Sans Serif"


def test_what_counts_as_generic():
    assert is_generic("DejaVu Sans")
    assert not is_generic("Inter")
