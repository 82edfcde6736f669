"""绩效评价: the one value, its paths, amendments, checks and assessment."""
