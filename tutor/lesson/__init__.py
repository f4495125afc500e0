"""Lessons as records, and the way from YAML text to them."""
