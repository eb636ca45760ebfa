"""A scenario compiled: ready to run."""
