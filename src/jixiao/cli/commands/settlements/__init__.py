"""结算数据: commands on settlement records."""
