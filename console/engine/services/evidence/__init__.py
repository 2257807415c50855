"""Evidence of acts: frozen when they are wanted, shown, held, exported."""
