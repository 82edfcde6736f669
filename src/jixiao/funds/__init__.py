"""资金: budgets, receipts, execution and the measures on them."""
