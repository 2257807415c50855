"""The process that talks to Stream: no Qt."""
