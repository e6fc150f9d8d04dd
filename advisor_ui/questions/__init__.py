"""The questions of the page: the panel of one part of the workload, a widget per kind of question, the next question."""
