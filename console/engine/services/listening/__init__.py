"""Hearing calls on this machine: the media process, the calls it joins, and what it hears."""
