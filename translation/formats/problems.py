"""What is wrong with a folder, in words."""


class UnusableFolderError(Exception):
    """A folder is not a complete model; the message says what is missing."""
