"""A room plays together: a facilitator tells, the room votes before anything is revealed, and the play takes what was decided."""
