"""What the engine does between sign-in and sign-out, one service a feature."""
