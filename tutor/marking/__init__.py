"""Judging a typed answer."""
