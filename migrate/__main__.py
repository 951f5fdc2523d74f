"""`python -m migrate` is the same command as `grav-migrate`."""

from migrate.cli import main

main()
