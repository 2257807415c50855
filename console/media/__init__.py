"""The process that joins calls, hears and looks at pictures: native decoders crash here only.

A child of the engine (``python -m console.media``). It gets orders and tells what it heard and saw,
one JSON message a line (``console/protocol/media.py``).
"""
