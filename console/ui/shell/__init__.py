"""The window itself: start, docks, status, sign-in."""
