"""A workshop: one play on a projector, and a room that votes before anything is revealed."""
