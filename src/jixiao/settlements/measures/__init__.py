"""统计量定义: one file per kind of measure; the file's name is the first half of a measure's name."""
