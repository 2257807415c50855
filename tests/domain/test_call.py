import pytest

from console.domain.call import permission_words


@pytest.mark.parametrize(
    ("permissions", "words"),
    [
        ((), ""),
        (("send-audio",), "microphone"),
        (("send-video", "send-audio"), "camera and microphone"),
        (("send-video", "send-audio", "screenshare"), "camera, microphone and screen share"),
        (("update-call",), "update call"),
    ],
)
def test_permissions_are_called_by_what_they_let_people_use(permissions, words):
    assert permission_words(permissions) == words
