"""What a teacher gets from learners: hand-in files."""
