"""法定表格: one file per form; a form is written, read back and recognised from one definition."""
