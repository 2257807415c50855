"""Which endpoints the sandbox serves, as a list to read."""

from console.sandbox.operation import Operation
from console.sandbox.request_handler import ROOTS
from console.sandbox.routes.table import OPERATIONS

NOT_SERVED: dict[str, tuple[str, ...]] = {
    "accounts": ("RestoreUsers", "ExportUser", "ExportUsers", "GetUserLiveLocations"),
    "devices and push": ("CreateDevice", "ListDevices", "DeleteDevice", "UpsertPushProvider"),
    "digests": ("GetDailyDigest",),
    "files": ("UploadFile", "UploadImage", "DeleteFile", "DeleteImage", "GetOG"),
    "imports and storage": ("CreateImport", "ListImports", "CreateExternalStorage"),
    "moderation set-up": ("BulkImageModeration", "CheckS3Access", "SubmitModerationFeedback"),
    "polls": ("CreatePoll", "QueryPolls", "UpdatePoll", "DeletePoll"),
    "roles and permissions": ("CreateRole", "ListRoles", "ListPermissions", "GetPermission"),
    "SIP": ("CreateSIPTrunk", "ListSIPTrunks", "ResolveSIPAuth", "ResolveSIPInbound"),
    "user groups": ("CreateUserGroup", "ListUserGroups", "SearchUserGroups"),
}
"""What Stream's SDKs can ask and the sandbox answers with 404: by subject, the best-known ones."""

_SIDES = {"both": "any token", "server": "server", "client": "user", "public": "no token"}


def gaps() -> list[str]:
    """One line per subject that is not served."""
    width = max(map(len, NOT_SERVED))
    return [f"{subject:<{width}}  {', '.join(names)}" for subject, names in NOT_SERVED.items()]


def lines(operations: tuple[Operation, ...] = OPERATIONS) -> list[str]:
    """One line per endpoint: operation, method, path below its roots, who may call it."""
    rows = [
        (operation.name, operation.method, operation.path, _SIDES[operation.side], roots)
        for operation in operations
        for roots in [" ".join(ROOTS[operation.family])]
    ]
    rows.sort(key=lambda row: (row[2], row[1]))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return [
        "  ".join(
            f"{text:<{width}}" for text, width in zip(row, (*widths, 0), strict=True)
        ).rstrip()
        for row in rows
    ]
