from console.domain.sign_in import Method, Profile, coordinator_url
from console.domain.verdict import Severity, action_rank


def test_actions_and_severities_are_ordered():
    assert action_rank("keep") < action_rank("flag") < action_rank("shadow") < action_rank("remove")
    assert action_rank("something new") == action_rank("flag")
    assert [s.rank for s in Severity] == [0, 1, 2, 3, 4]


def test_the_socket_address_follows_the_base_url_unless_given():
    profile = Profile(name="p", api_key="k", method=Method.TOKEN, base_url="http://127.0.0.1:80/")
    assert coordinator_url(profile) == "ws://127.0.0.1:80/api/v2/connect"
    given = Profile(name="p", api_key="k", method=Method.TOKEN, ws_url="wss://x/connect")
    assert coordinator_url(given) == "wss://x/connect"
    hosted = Profile(name="p", api_key="k", method=Method.TOKEN)
    assert coordinator_url(hosted) == "wss://video.stream-io-api.com/api/v2/connect"
    assert hosted.base_url == "https://chat.stream-io-api.com"
