"""What the descent lab shows, as cells of text: every view of a run, step by step, without a screen."""
