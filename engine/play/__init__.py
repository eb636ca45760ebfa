"""A play of a story: state, inputs, events."""
