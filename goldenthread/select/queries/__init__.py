"""Reading what was selected: case lists, the frames drawn from, draws and their cases."""
