"""Gradient descent: problems, and runs that can be replayed."""
