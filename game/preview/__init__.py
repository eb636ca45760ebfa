"""The game beside the file that its author writes: `seenby preview PATH`."""
