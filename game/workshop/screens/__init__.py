"""The pictures of a workshop: what the room sees on the wall, and the facilitator's notes beside it."""
