"""Frames of calls: what cameras and screens show, looked at, judged and shown."""
