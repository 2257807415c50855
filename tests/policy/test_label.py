import pytest

from console.policy.label import classifier_name


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("tiny", "local classifier tiny"),
        ("Local classifier (MiniLM)", "Local classifier (MiniLM)"),
        ("", "local classifier"),
    ],
)
def test_a_classifier_is_called_local_once(name, called):
    assert classifier_name(name) == called
