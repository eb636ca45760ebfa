"""What a play looked like afterwards."""
