"""A tutor of derivatives for neural-network training, in a terminal."""
