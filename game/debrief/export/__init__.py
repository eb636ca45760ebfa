"""A debrief as a file to keep or to hand on: HTML or Markdown, with nothing in it that names the player."""
