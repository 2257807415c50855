"""Call rules: what they make of the lines of a call, in one session and over a run."""
