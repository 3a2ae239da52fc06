"""Pages of selecting: case lists as they arrive, and draws from them."""
