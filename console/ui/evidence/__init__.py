"""Evidence of acts: looked at, held, exported, and drafted into a statement of reasons."""
