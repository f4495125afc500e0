"""Mistakes that learners make: what each one does to a derivative, how it is found in an answer, and what is said of it."""
