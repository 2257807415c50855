"""What holds beyond one session: members of a call, bans of the app, users who block each other."""
