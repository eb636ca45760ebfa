"""The story as a picture: for a terminal, for Mermaid, for Graphviz."""
