"""评分规则: one file per rule; the file name is the rule's name."""
