"""Move a Grav site to Hugo or WordPress, and say what could not be carried over."""

__version__ = "0.1.0"
