"""What the views show, as Qt models. No pixels, no colours; every text is safe to look at."""
