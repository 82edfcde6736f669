"""操作: one file per thing a person asks for; the command line and the web call these and nothing below."""
