"""口令哈希: Argon2id with the least cost that OWASP's cheat sheet of 2024 names: 19 MiB, two passes, one lane."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Django's Argon2id, with a cost that fifty people signing in at nine o'clock do not bring the server down by."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
