"""Transcripts of speech services as they are written in JSON, one module a service."""
