"""How fast, with how much memory, and against what else: `make bench`."""
