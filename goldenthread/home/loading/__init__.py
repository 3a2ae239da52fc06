"""The demonstration council brought into the database, through the same services that a real council uses."""
