"""What moderators say of verdicts: another label, and the lines that are worth one."""
