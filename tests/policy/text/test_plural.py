import pytest

from console.policy.text.spelling import plurals


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("idiot", "idiots"),
        ("ass", "asses"),
        ("bitch", "bitches"),
        ("pussy", "pussies"),
        ("monkey", "monkeys"),
        ("madman", "madmen"),
        ("weirdo", "weirdos"),
        ("shut up", "shut ups"),
    ],
)
def test_plural(one, many):
    assert many in plurals(one)


def test_nothing_has_no_plural():
    assert plurals("") == ()
    assert plurals("h8") == ()
