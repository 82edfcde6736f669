"""问卷的位置: where a bundle keeps its questionnaire and its answers."""

FOLDER, FORM, ANSWERS = "survey", "questionnaire.yaml", "answers"
