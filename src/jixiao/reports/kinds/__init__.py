"""报告种类: one file per report kind, named as the evaluation's `kind`; each defines REPORT."""
