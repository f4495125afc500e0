"""The child process that marks and trains, and the way to ask it."""
