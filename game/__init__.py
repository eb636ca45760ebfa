"""Everything that a person meets."""
