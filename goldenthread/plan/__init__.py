"""Planning: groups, sessions, seats."""
