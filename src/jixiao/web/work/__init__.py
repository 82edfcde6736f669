"""任务种类: one file per kind of long work."""
