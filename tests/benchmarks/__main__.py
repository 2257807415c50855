"""``make bench``: every benchmark, one after the other; a name as first argument picks one."""

import sys

from tests.benchmarks import policy_speed, sandbox_scale

ALL = {"policy_speed": policy_speed.main, "sandbox_scale": sandbox_scale.main}


def main(argv: list[str]) -> int:
    """Run them; 1 when one of them says that it fell short."""
    if argv and argv[0] in ALL:
        return ALL[argv[0]](argv[1:])
    return max(bench(argv) for bench in ALL.values())


raise SystemExit(main(sys.argv[1:]))
