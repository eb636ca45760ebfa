"""The home screen: scenarios as cards, and what is open."""
