"""过程检查: what is owed or contradictory in how an evaluation was carried out, one file per check."""
