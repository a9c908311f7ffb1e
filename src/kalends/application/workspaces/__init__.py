"""Workspaces: making, opening, moving and signing them, on this machine or on a server."""
