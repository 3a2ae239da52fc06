"""A council's framework and its audit templates, as immutable versions."""
