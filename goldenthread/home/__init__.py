"""Each person's work today. Owns no tables."""
