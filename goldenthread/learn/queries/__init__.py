"""Reading for reports: what a session found, and the editions that were written of it."""
