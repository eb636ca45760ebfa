"""A scenario as its author wrote it, with its lines."""
