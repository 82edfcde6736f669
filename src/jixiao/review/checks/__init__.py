"""审核规则: one file per check; the file name is its id."""
