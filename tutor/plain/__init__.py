"""Line mode: the lessons as plain lines of text in and out, for screen readers, pipes and terminals that cannot draw."""
