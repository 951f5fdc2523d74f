"""YAML as Grav reads it: Symfony 4.4's dialect first, then the lenient one of old, then what can be saved."""
