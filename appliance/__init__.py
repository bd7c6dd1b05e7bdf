"""Dragoman: live chat in which everybody writes and reads their own language."""

__version__ = "0.1.0"
