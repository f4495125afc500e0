"""What works on this machine and what does not, for whoever looks after it."""
