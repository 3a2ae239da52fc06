"""An evidence pack: what was planned, drawn, found, done, reported and briefed, as one zip that opens anywhere.

`scope` says of what it is and what its maker may see; `chapters` write it, one file each, in the order of its index;
`archive` writes the zip, entry by entry; `making` puts it together. Nothing is held longer than one audit takes.
"""
