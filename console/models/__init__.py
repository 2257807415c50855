"""Models that run on this computer: loaded from a folder, never from the network."""
