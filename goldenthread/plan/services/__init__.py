"""Planning: the only writers of the year, its groups and sessions, who sits in them and who is away."""
