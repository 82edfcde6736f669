"""问卷: questionnaires, answers as counts, reliability, validity and the satisfaction that feeds a score."""
