"""The expression tree and everything about it that needs no SymPy."""
