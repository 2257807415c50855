"""Roles, permissions and groups of users, through the SDK."""

import pytest
from getstream.exceptions import StreamApiException


async def test_roles(sandbox):
    server = sandbox.server()
    assert (await server.create_role(name="referee")).data.role.custom
    listed = {role.name: role.custom for role in (await server.list_roles()).data.roles}
    assert (listed["referee"], listed["moderator"]) == (True, False)
    found = (await server.search_roles(query="MOD")).data.roles
    assert [role.name for role in found] == ["moderator"]
    with pytest.raises(StreamApiException, match="already exists"):
        await server.create_role(name="referee")
    await server.delete_role(name="referee")
    for name, words in (("referee", "does not exist"), ("admin", "cannot be deleted")):
        with pytest.raises(StreamApiException, match=words):
            await server.delete_role(name=name)
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user().list_roles()
    assert refused.value.code == 17


async def test_permissions(sandbox):
    server = sandbox.server()
    listed = (await server.list_permissions()).data.permissions
    assert "mute-users" in {one.id for one in listed}
    assert (await server.get_permission(id="mute-users")).data.permission.action == "MuteUsers"
    with pytest.raises(StreamApiException, match="does not exist"):
        await server.get_permission(id="fly")


async def test_groups_and_their_members(sandbox):
    server = sandbox.server()
    made = (await server.create_user_group(name="Hosts", id="hosts", member_ids=["ana"])).data
    assert [one.user_id for one in made.user_group.members] == ["ana"]
    await server.add_user_group_members(id="hosts", member_ids=["bo"], as_admin=True)
    group = (await sandbox.user("cy").get_user_group(id="hosts")).data.user_group
    assert [(one.user_id, one.is_admin) for one in group.members] == [("ana", False), ("bo", True)]
    changed = await server.update_user_group(id="hosts", description="Who may speak")
    assert (changed.data.user_group.name, changed.data.user_group.description) == (
        "Hosts",
        "Who may speak",
    )
    await server.remove_user_group_members(id="hosts", member_ids=["ana"])
    assert list(sandbox.world.user_groups["hosts"].members) == ["bo"]
    await server.delete_user_group(id="hosts")
    with pytest.raises(StreamApiException, match="does not exist"):
        await server.get_user_group(id="hosts")


async def test_groups_are_listed_in_pages_and_found_by_name(sandbox):
    server = sandbox.server()
    for name in ("Guards", "Hosts", "hosts of the night"):
        await server.create_user_group(name=name, id=name.lower().replace(" ", "-"))
    first = (await server.list_user_groups(limit=2)).data.user_groups
    assert [one.id for one in first] == ["guards", "hosts"]
    rest = (await server.list_user_groups(limit=2, id_gt="hosts")).data.user_groups
    assert [one.id for one in rest] == ["hosts-of-the-night"]
    found = (await server.search_user_groups(query="host")).data.user_groups
    assert [one.name for one in found] == ["Hosts", "hosts of the night"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"name": "X", "member_ids": ["nobody"]}, "does not exist"),
        ({"name": "X", "id": "there"}, "already exists"),
        ({"name": ""}, "name"),
    ],
)
async def test_groups_that_cannot_be(sandbox, wanted, words):
    server = sandbox.server()
    await server.create_user_group(name="There", id="there")
    with pytest.raises(StreamApiException, match=words):
        await server.create_user_group(**wanted)
    assert list(sandbox.world.user_groups) == ["there"]


async def test_only_staff_changes_groups(sandbox):
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user("cy").create_user_group(name="Mine")
    assert refused.value.code == 17
    await sandbox.user("moderator").create_user_group(name="Ours", id="ours")
    assert sandbox.world.user_groups["ours"].created_by == "moderator"


async def test_feedback_and_images_in_bulk_are_taken(sandbox):
    moderation = sandbox.server().moderation
    await moderation.submit_moderation_feedback(
        message="Wrong verdict", published_at="2026-01-01T00:00:00Z", reference="r1"
    )
    task_id = (await moderation.bulk_image_moderation(csv_file="http://x/y.csv")).data.task_id
    assert task_id in sandbox.world.accounts.tasks
