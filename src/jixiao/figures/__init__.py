"""数值: printed figures and their exact meaning: numbers, units, targets, actual values, dates; the only doors for a number."""
