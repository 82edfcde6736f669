"""网页: one evaluation filled, checked, scored and signed by people with different duties, in a browser.

Django lives here only. Everything that is computed comes from `operations`; what is stored is the same Evaluation.
"""
