"""The Grav reader. Grav's words end in this folder."""
