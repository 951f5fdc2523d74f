"""The words that everything else is written in: frozen data, no behaviour."""
