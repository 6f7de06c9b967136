"""Prompts as text files, one folder a version; `prompt.py` puts them in the order that a prefix cache likes."""
