"""Deployment: settings, root urls, the server, the command line."""
