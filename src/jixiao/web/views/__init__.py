"""页面: one file per subject; a view reads what was asked, calls one action or operation, and shows."""
