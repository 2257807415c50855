"""Which endpoints the sandbox serves, and which not, as a list to read."""

from console.sandbox.operation import Operation
from console.sandbox.request_handler import ROOTS
from console.sandbox.routes.table import OPERATIONS

NOT_SERVED: dict[str, tuple[str, ...]] = {
    "digests": ("GetDailyDigest",),
    "files": ("UploadFile", "UploadImage", "DeleteFile", "DeleteImage", "GetOG"),
    "imports": (
        "CreateImportURL",
        "CreateImport",
        "ListImports",
        "GetImport",
        "CreateImportV2Task",
        "ListImportV2Tasks",
        "GetImportV2Task",
        "CancelImportV2Task",
        "DeleteImportV2Task",
        "GetImporterExternalStorage",
        "UpsertImporterExternalStorage",
        "ValidateImporterExternalStorage",
        "DeleteImporterExternalStorage",
    ),
    "live locations": ("GetUserLiveLocations", "UpdateLiveLocation"),
    "moderation set-up": (
        "CheckS3Access",
        "GetSetupSession",
        "UpsertSetupSession",
        "V2QueryTemplates",
        "V2UpsertTemplate",
        "V2DeleteTemplate",
    ),
    "own permissions": ("CreatePermission", "UpdatePermission", "DeletePermission"),
    "polls": (
        "CreatePoll",
        "UpdatePoll",
        "UpdatePollPartial",
        "GetPoll",
        "DeletePoll",
        "QueryPolls",
        "CreatePollOption",
        "UpdatePollOption",
        "GetPollOption",
        "DeletePollOption",
        "QueryPollVotes",
    ),
    "push": (
        "UpsertPushProvider",
        "ListPushProviders",
        "DeletePushProvider",
        "UpsertPushTemplate",
        "GetPushTemplates",
        "UpdatePushNotificationPreferences",
    ),
    "SIP": (
        "CreateSIPTrunk",
        "ListSIPTrunks",
        "UpdateSIPTrunk",
        "DeleteSIPTrunk",
        "CreateSIPInboundRoutingRule",
        "ListSIPInboundRoutingRule",
        "UpdateSIPInboundRoutingRule",
        "DeleteSIPInboundRoutingRule",
        "ResolveSIPAuth",
        "ResolveSIPInbound",
    ),
    "storage in a cloud": (
        "CreateExternalStorage",
        "ListExternalStorage",
        "UpdateExternalStorage",
        "DeleteExternalStorage",
        "CheckExternalStorage",
    ),
    "tests of hooks": ("CheckPush", "CheckSNS", "CheckSQS"),
}
"""What Stream's SDKs can ask of video, moderation and the app, and is answered with 404 here."""

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
