"""Pages of home, a file for each noun."""
