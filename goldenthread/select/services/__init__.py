"""Selecting: loading case lists, and drawing from them."""
