"""The families of acts towards Stream: which requests they are, and what proves them."""
