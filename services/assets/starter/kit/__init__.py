"""What the scenes are drawn with: paint, motion, and the things of the world by subject. All lengths are pixels of a 1080x1920 page."""
