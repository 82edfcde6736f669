"""文档: a document as a value, the same in both directions: chapters, paragraphs, tables as grids, charts, places."""
