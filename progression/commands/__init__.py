"""The shell's side of the desk: one module per noun, each with its commands and their examples."""
