"""Filters: the pictures' primitives that effects and transitions are made of. One file each; a new one is a dataclass with `apply`."""
