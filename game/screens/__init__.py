"""The screens around a play: welcome, settings, help, past plays, who plays, questions."""
