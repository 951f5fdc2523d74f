"""Mappers: Site to Site, one concern each."""
