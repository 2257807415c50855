"""What moderators say of verdicts, kept here."""
