"""Parts of `locales/catalogues.py`."""
