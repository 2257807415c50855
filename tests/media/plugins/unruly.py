"""A speech plugin that speaks the protocol by itself, and misbehaves as its argument says."""

import base64
import json
import os
import sys
import time
from pathlib import Path

how, mark = sys.argv[1], Path(sys.argv[2])
again = mark.exists()
mark.write_text("was here", encoding="utf-8")


def tell(**message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def heard(line):
    told = json.loads(line)
    if told["type"] == "hello":
        if how == "refuses":
            tell(type="refused", sentence="There is no licence.", advice="Buy one.")
        tell(type="ready", version=9 if how == "newer" else 1, name="Unruly")
        return
    if told["type"] == "ping" and (how != "hangs" or again):
        tell(type="pong", number=told["number"])
    if told["type"] == "sound" and not again:
        if how == "crashes":
            os._exit(7)
        if how == "floods":
            while True:
                tell(type="text", speaker=told["speaker"], text="more", final=False)
        if how == "garbage":
            for _ in range(50):
                sys.stdout.write("\x00\xff no message\n")
            sys.stdout.flush()
        if how == "endless":
            while True:
                sys.stdout.write("x" * 65_536)
        if how == "loses":
            tell(type="lost", speaker=told["speaker"], sentence="The service fell asleep.")
    if told["type"] == "pause" and (again or how == "late"):
        if how == "late":
            time.sleep(0.3)
        tell(type="text", speaker=told["speaker"], text="heard at last", final=True)
    if told["type"] == "sound":
        assert len(base64.b64decode(told["pcm"])) <= 32_000


for each in sys.stdin:
    heard(each)
