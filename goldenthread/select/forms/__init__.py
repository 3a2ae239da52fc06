"""What is typed and sent when cases are selected: the files of a list, what its words mean, a draw."""
