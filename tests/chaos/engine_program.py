"""The program's own command line, whose engine has a clock that the harness can move.

``python -m tests.chaos.engine_program --home FOLDER engine`` is ``moderator-console`` otherwise.
"""

import os
import sys
from functools import partial
from pathlib import Path

from console.__main__ import main
from console.engine import cli
from tests.chaos.jumping_clock import VARIABLE, Jump, JumpingClock

if __name__ == "__main__":
    vars(cli)["SystemClock"] = partial(JumpingClock, Jump(Path(os.environ[VARIABLE])))
    raise SystemExit(main(sys.argv[1:]))
