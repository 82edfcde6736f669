"""审核: a finished report or an Evaluation to claims, and claims to findings."""
