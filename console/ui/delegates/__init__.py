"""How rows look: where things fall is decided in pure functions, painting only follows."""
