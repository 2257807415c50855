"""What is remembered of permissions where Stream lists nobody's."""

from console.engine.services.permissions_told import PermissionsTold

MIC, CAMERA = "send-audio", "send-video"
NONE: frozenset[str] = frozenset()


def test_what_was_used_and_is_not_held_any_more_was_revoked():
    told = PermissionsTold()
    told.take("ann", frozenset({CAMERA}), frozenset({MIC}))
    assert told.taken_from("ann") == {MIC}
    told.take("ann", frozenset({CAMERA, MIC}), NONE)
    assert told.taken_from("ann") == NONE


def test_what_was_held_up_on_its_way_changes_nothing_any_more():
    told = PermissionsTold()
    assert told.take("ann", frozenset({MIC}), NONE, made_at=20.0)
    assert not told.take("ann", NONE, NONE, made_at=19.0)
    assert told.capabilities["ann"] == {MIC}
    assert told.taken_from("ann") == NONE

    assert told.take("ann", NONE, NONE, made_at=19.95)  # machines of Stream do not agree so well
    assert told.taken_from("ann") == {MIC}
    assert told.take("ann", frozenset({MIC}), NONE)  # when it was made is not known
    assert told.taken_from("ann") == NONE


def test_what_is_restored_gives_way_to_what_is_told_or_seen():
    told = PermissionsTold()
    assert told.restore("ann", MIC)
    assert not told.restore("ann", MIC)
    assert not told.seen("ann", {CAMERA})
    assert told.seen("ann", {MIC})
    assert told.taken_from("ann") == NONE
    assert not told.restore("ann", MIC)

    assert told.restore("ben", MIC)
    told.take("ben", frozenset({MIC}), NONE)
    assert told.taken_from("ben") == NONE
    assert not told.restore("ben", MIC)


def test_what_an_event_revoked_is_not_doubted_by_a_track_that_still_ends():
    told = PermissionsTold()
    told.take("ann", NONE, frozenset({MIC}))
    assert not told.seen("ann", {MIC})
    assert told.taken_from("ann") == {MIC}
