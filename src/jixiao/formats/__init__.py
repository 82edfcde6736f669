"""文件格式: the only code that reads or writes documents and bundles, both ways."""
