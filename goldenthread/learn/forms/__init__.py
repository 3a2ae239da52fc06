"""What comes in from the pages of this stage, as the values the services take."""
