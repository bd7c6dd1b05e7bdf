"""Password hashes."""

from appliance.services.passwords import Passwords


async def test_a_password_is_known_again_and_only_it() -> None:
    passwords = Passwords(memory_kib=64, passes=1)
    kept = await passwords.hash("correct horse battery")
    assert await passwords.verify(kept, "correct horse battery")
    assert not await passwords.verify(kept, "Correct horse battery")
    assert kept != await passwords.hash("correct horse battery")


async def test_what_is_no_hash_opens_nothing() -> None:
    passwords = Passwords(memory_kib=64, passes=1)
    for kept in (None, "", "plain", "$argon2id$v=19$m=64,t=1,p=1$broken"):
        assert not await passwords.verify(kept, "plain")
    assert not await passwords.verify(None, "no such agent")


async def test_hashing_costs_what_owasp_recommends() -> None:
    kept = await Passwords().hash("correct horse battery")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
