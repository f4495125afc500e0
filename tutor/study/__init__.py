"""One learner's sitting and what is remembered of it."""
