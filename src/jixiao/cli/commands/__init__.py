"""命令: one file per command; the function bears the file name."""
