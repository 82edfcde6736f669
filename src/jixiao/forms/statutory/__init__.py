"""法定表格: one file per form; each defines FORM."""
