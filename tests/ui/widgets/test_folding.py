import pytest

from console.ui.widgets.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [("José", "jose"), ("STRASSE", "strasse"), ("ｆｕｌｌ", "full"), ("ß", "ss")],
)
def test_case_accents_and_width_do_not_matter(text, folded):
    assert fold(text) == folded


def test_only_the_beginning_of_an_endless_text_counts():
    assert len(fold("x" * 100_000)) == 4096
