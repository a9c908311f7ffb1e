"""Where a user's settings are, for tests that must not write into the user's own."""

import click

# Where each system keeps a user's configuration, the folder with the private keys in it.
_PLACES = ("XDG_CONFIG_HOME", "APPDATA")


def move_settings(patch, home):
    """Let the program and those that it starts keep their settings in another folder."""
    for name in _PLACES:
        patch.setenv(name, str(home))
    patch.setattr(click, "get_app_dir", lambda name: str(home / name))
