"""Pure evaluation of moderation policies: no clock, no I/O."""
