"""What a teacher gets from learners: hand-in files, reports, the database of a class."""
