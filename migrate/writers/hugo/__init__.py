"""The Hugo writer. Hugo's words begin here."""
