"""Selecting: case lists, draws, replacements."""
