"""``python -m repatria_cli``."""

from repatria_cli.main import entry

if __name__ == "__main__":
    entry()
