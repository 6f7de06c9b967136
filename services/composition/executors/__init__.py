"""What draws frame recipes: a compiled kernel, and OpenCV as its reference and stand-in."""
