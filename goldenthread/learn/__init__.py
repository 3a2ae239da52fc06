"""Learning: reports, editions, what was published and to whom."""
