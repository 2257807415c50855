"""``make bench``: every benchmark, one after the other."""

import sys

from tests.benchmarks import policy_speed

raise SystemExit(policy_speed.main(sys.argv[1:]))
