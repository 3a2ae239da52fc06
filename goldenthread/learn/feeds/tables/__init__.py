"""One file a table: adding the file is the whole change."""
