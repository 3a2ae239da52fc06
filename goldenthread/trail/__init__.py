"""The append-only record of who did, and saw, what. No pages of its own."""
