"""One file per source of case lists (no Django). A new format is one new file here; see docs/how/add-a-case-list-format.md."""
