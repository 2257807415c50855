"""What one window knows and does: the engine's client, the state, settings, targets."""
