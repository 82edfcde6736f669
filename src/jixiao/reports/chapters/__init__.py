"""报告章节: the chapters that report kinds are put together from; each gives blocks for an assessment."""
