"""The endpoints, one file per subject."""

from console.sandbox.operation import Operation
from console.sandbox.routes import (
    accounts,
    app_info,
    appeals,
    bans,
    blocklists,
    call_acts,
    call_life,
    call_members,
    call_queries,
    call_types,
    calls,
    captions,
    checks,
    client_reports,
    configs,
    egress,
    inbox,
    labels,
    moderation_rules,
    mutes,
    policy_tests,
    review_actions,
    review_queue,
    stats,
    users,
)

ALL: tuple[Operation, ...] = tuple(
    operation
    for subject in (
        accounts,
        app_info,
        appeals,
        bans,
        blocklists,
        call_acts,
        call_life,
        call_members,
        call_queries,
        call_types,
        calls,
        captions,
        checks,
        client_reports,
        configs,
        egress,
        inbox,
        labels,
        moderation_rules,
        mutes,
        policy_tests,
        review_actions,
        review_queue,
        stats,
        users,
    )
    for operation in subject.operations
)
"""Every operation the sandbox serves."""
