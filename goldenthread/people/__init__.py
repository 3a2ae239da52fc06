"""Authorities, agencies, teams, people, the posts they hold over time, and sign-in."""
