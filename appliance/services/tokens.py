"""Secrets handed out once and kept only as hashes."""

import hashlib
import secrets


def new_token(prefix: str) -> str:
    """256 random bits behind a prefix that tells what the token is for."""
    return f"{prefix}.{secrets.token_urlsafe(32)}"


def token_hash(token: str) -> str:
    """What storage keeps. The tokens are random, so a plain SHA-256 can't be guessed backwards."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
