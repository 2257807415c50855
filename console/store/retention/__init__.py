"""How long what is kept, what goes at the end, and how a person is erased."""
