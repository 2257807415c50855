"""The team's channel: what consoles tell each other over Stream's chat."""
