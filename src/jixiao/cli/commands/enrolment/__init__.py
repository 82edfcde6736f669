"""参保数据: commands on person registers."""
