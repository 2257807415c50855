"""A small engine: says hello, tells what it is asked, and dies in the way it is told to."""

import json
import os
import sys
import time

from console.domain.act import Receipt, ReceiptState
from console.protocol.acts import ActProgress, ActsChanged, RequestAct, RetryAct
from console.protocol.codec import encode, engine_reader
from console.protocol.people import AskPerson
from console.protocol.to_engine import Shutdown
from console.protocol.to_window import VERSION, Hello, Problem

OPTIONS = json.loads(sys.argv[1])


def write(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def main():
    sys.stderr.write("first line\n\x1b[31mlast line\n")
    sys.stderr.flush()
    write(encode(Hello(version=OPTIONS.get("version", VERSION), pid=os.getpid())))
    reader = engine_reader()
    while data := os.read(0, 65536):
        for message in reader.feed(data):
            write(encode(Problem(place=type(message).__name__, sentence=repr(message), at=0.0)))
            match message:
                case RequestAct(act=act) if OPTIONS.get("answer"):
                    receipt = Receipt(act_id=act.act_id, state=ReceiptState.QUEUED)
                    write(encode(ActsChanged(acts=(ActProgress(act=act, receipt=receipt),))))
                case RetryAct(act_id="exit"):
                    return 3
                case RetryAct(act_id="crash"):
                    os.abort()
                case RetryAct(act_id="babble"):
                    write(b'{"type":"nonsense"}\nnot json\n')
                case RetryAct(act_id="flood"):
                    lines = encode(Problem(place="flood", sentence="x", at=0.0)) * 5_000
                    write(lines)
                case Shutdown() if not OPTIONS.get("stubborn"):
                    return 0
                case AskPerson():
                    pass
    while OPTIONS.get("stubborn"):
        time.sleep(1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
