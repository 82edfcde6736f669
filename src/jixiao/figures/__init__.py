"""数值: printed figures and their exact meaning; the only doors for a number."""
