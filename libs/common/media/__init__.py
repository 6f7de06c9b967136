"""The domain: frozen dataclasses with the words of film editing, exact time, no framework."""
