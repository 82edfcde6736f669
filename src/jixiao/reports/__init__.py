"""报告: an assessed Evaluation to a Document; every number in it is quoted from the Evaluation, none is typed."""
