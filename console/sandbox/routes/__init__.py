"""The endpoints, one file per subject."""

from console.sandbox.operation import Operation
from console.sandbox.routes import (
    app_info,
    bans,
    blocklists,
    call_acts,
    call_members,
    call_queries,
    calls,
    captions,
    checks,
    configs,
    review_actions,
    review_queue,
    users,
)

ALL: tuple[Operation, ...] = tuple(
    operation
    for subject in (
        app_info,
        bans,
        blocklists,
        call_acts,
        call_members,
        call_queries,
        calls,
        captions,
        checks,
        configs,
        review_actions,
        review_queue,
        users,
    )
    for operation in subject.operations
)
"""Every operation the sandbox serves."""
