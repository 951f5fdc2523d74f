"""Readers: a source on disk becomes a neutral Site."""
