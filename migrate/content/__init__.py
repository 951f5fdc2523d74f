"""Grav's Markdown as Grav reads it, and the same said for Goldmark."""
