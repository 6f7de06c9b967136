"""The customer's own music: taken in with mood, tempo and licence, and chosen for a brief."""
