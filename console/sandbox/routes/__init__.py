"""The endpoints, one file per subject."""

from console.sandbox.fidelity import egress_routes, label_routes, stats_routes
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
    chat,
    checks,
    client_reports,
    configs,
    inbox,
    moderation_rules,
    mutes,
    policy_tests,
    review_actions,
    review_queue,
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
        chat,
        checks,
        client_reports,
        configs,
        egress_routes,
        inbox,
        label_routes,
        moderation_rules,
        mutes,
        policy_tests,
        review_actions,
        review_queue,
        stats_routes,
        users,
    )
    for operation in subject.operations
)
"""Every operation the sandbox serves."""
