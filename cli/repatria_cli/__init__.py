"""The ``repatria`` command: one module for each subcommand; each parses, calls and prints."""
