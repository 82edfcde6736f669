"""台账检查: one file for each check of the ledger of the funds."""
