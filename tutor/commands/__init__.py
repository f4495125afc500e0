"""One file for each command that does more than open the app."""
