"""Models that run on this computer: loaded from a folder, never from the network."""

import os

# onnxruntime 1.31 makes a lasting device id and a queue of events in the user's cache when it is
# imported, and looks its vendor's collector up. Its own switch comes after that; only this variable
# comes before it. tests/system/test_no_network.py sees that nothing is written or sent.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
