"""jixiao survey: questionnaires and their answers."""
