"""文本里的表格: the shapes that a table takes in plain text, one file each.

Every shape has one function, `found(lines, at)`: the table (or tables, one below the other) that begins at a line and
the line after it, or None. A shape that is not sure says None: what is no table for certain is read as text.
"""
