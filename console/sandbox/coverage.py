"""Which endpoints the sandbox serves, as a list to read."""

from console.sandbox.door import ROOTS
from console.sandbox.operation import Operation
from console.sandbox.routes import ALL

_SIDES = {"both": "any token", "server": "server", "client": "user", "public": "no token"}


def lines(operations: tuple[Operation, ...] = ALL) -> list[str]:
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
