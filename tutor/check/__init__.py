"""What a teacher is told about lesson files: every problem, and a proof that each exercise marks as its author says."""
