"""People, roles, sessions and tokens of a case. Secrets are kept only as hashes."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from evenhand.errors import RefusedError
from evenhand.store import schema

Role = Literal["reader", "reviewer", "editor", "admin"]
Right = Literal["read", "decide", "reveal", "sign", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: dict[str, frozenset[Right]] = {
    "reader": frozenset({"read"}),
    "reviewer": frozenset({"read", "decide", "reveal"}),
    "editor": frozenset({"read", "decide", "reveal", "sign"}),
    "admin": frozenset({"read", "decide", "reveal", "sign", "admin"}),
}
"""What each role may do: `reveal` shows what is marked as sensitive, `sign` signs an incident by name."""
SESSION_HOURS = 12
_SHORTEST = 10
_FREE_TRIES = 5
_LONGEST_WAIT = 900.0  # seconds


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking, and what they may do. `session` is None for a token."""

    name: str
    role: Role
    rights: frozenset[Right]
    session: str | None = None
    alone: bool = False


class Accounts:
    """The accounts of one case, in its database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def any(self) -> bool:
        """Whether the case has accounts: then nobody works on it without one."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(schema.accounts)) != 0

    def people(self) -> list[dict[str, object]]:
        """All accounts, without secrets."""
        table = schema.accounts.c
        with self._engine.connect() as connection:
            found = connection.execute(
                sa.select(table.name, table.role, table.disabled, table.made_at, table.totp.is_not(None).label("totp"))
                .order_by(table.name)
            )  # fmt: skip
            return [dict(row._mapping) for row in found]

    def add(self, name: str, role: str, password: str) -> None:
        """Make an account. Raises RefusedError on a name in use, a role that is none, a short password."""
        name = name.strip()
        if not name or len(name) > 80 or any(ord(char) < 32 for char in name):
            raise RefusedError("give a name of 1 to 80 characters")
        self._check(role, password)
        with self._engine.begin() as connection:
            if connection.scalar(sa.select(schema.accounts.c.name).where(schema.accounts.c.name == name)):
                raise RefusedError(f"{name}: there is such an account already")
            connection.execute(
                sa.insert(schema.accounts).values(
                    name=name, role=role, password=self._hasher.hash(password), disabled=False, made_at=_now()
                )
            )

    def set_role(self, name: str, role: str) -> None:
        """Give another role. Raises RefusedError."""
        self._check(role, None)
        self._change(name, role=role)

    def disable(self, name: str, *, disabled: bool = True) -> None:
        """Shut an account (or open it again): its sessions and tokens end, its decisions stay."""
        self._change(name, disabled=disabled)
        self._end_all(name)

    def delete(self, name: str) -> None:
        """Take an account away. What its owner decided stays in the log under their name."""
        self._change(name, disabled=True)
        self._end_all(name)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(schema.accounts).where(schema.accounts.c.name == name))

    def set_password(self, name: str, password: str) -> None:
        """Set another password; all sessions end."""
        self._check(None, password)
        self._change(name, password=self._hasher.hash(password), failures=0, wait_until=0.0)
        self._end_all(name, tokens=False)

    def new_totp(self, name: str) -> str:
        """Ask for a second factor from now on; returns the address for the app that makes the codes."""
        secret = pyotp.random_base32()
        self._change(name, totp=secret)
        return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="evenhand")

    def no_totp(self, name: str) -> None:
        """Ask for no second factor any more."""
        self._change(name, totp=None)

    def sign_in(self, name: str, password: str, code: str = "", *, now: float | None = None) -> str:
        """A new session's secret. Raises RefusedError, with the same words whatever was wrong.

        After five failures each further try waits twice as long, up to 15 minutes; so does the right password.
        """
        at = time.time() if now is None else now
        table = schema.accounts
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(table).where(table.c.name == name).with_for_update()).first()
            if row is not None and row.wait_until > at:
                raise RefusedError(f"too many tries; wait {int(row.wait_until - at) + 1} seconds")
            fits = self._fits(row.password if row is not None else self._nobody, password)
            step = int(at) // 30
            if row is not None and row.totp is not None and fits:
                fits = step > row.totp_used and pyotp.TOTP(row.totp).verify(code, for_time=int(at), valid_window=1)
            if row is None or not fits or row.disabled:
                if row is not None:
                    failures = row.failures + 1
                    wait = min(_LONGEST_WAIT, 2.0 ** (failures - _FREE_TRIES)) if failures >= _FREE_TRIES else 0.0
                    connection.execute(
                        sa.update(table).where(table.c.name == name).values(failures=failures, wait_until=at + wait)
                    )
                refused = True
            else:
                connection.execute(
                    sa.update(table).where(table.c.name == name)
                    .values(failures=0, wait_until=0.0, totp_used=step if row.totp else 0)
                )  # fmt: skip
                refused = False
        if refused:
            raise RefusedError("the name, the password or the code is not right")
        return self._session(name, at)

    def _session(self, name: str, at: float) -> str:
        secret = secrets.token_urlsafe(32)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(schema.sessions).where(schema.sessions.c.ends < at))
            connection.execute(
                sa.insert(schema.sessions).values(secret=_hash(secret), account=name, ends=at + SESSION_HOURS * 3600)
            )
        return secret

    def sign_out(self, secret: str) -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(schema.sessions).where(schema.sessions.c.secret == _hash(secret)))

    def by_session(self, secret: str) -> Person | None:
        """Whose session this is, while it lasts."""
        found = self._owner(schema.sessions, secret, schema.sessions.c.ends > time.time())
        return Person(found.name, found.role, RIGHTS[found.role], session=secret) if found else None

    def by_token(self, secret: str) -> Person | None:
        """Whose token this is; it allows what its scopes and its owner's role allow."""
        found = self._owner(schema.tokens, secret)
        if found is None:
            return None
        scopes = frozenset(found.scopes.split())
        return Person(found.name, found.role, frozenset(one for one in RIGHTS[found.role] if one in scopes))

    def _owner(self, table: sa.Table, secret: str, *where: sa.ColumnElement[bool]) -> sa.Row[tuple[object, ...]] | None:
        people = schema.accounts
        columns = [people.c.name, people.c.role] + ([table.c.scopes] if "scopes" in table.c else [])
        query = (
            sa.select(*columns)
            .join(table, table.c.account == people.c.name)
            .where(table.c.secret == _hash(secret), people.c.disabled.is_(False), *where)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).first()

    def new_token(self, account: str, name: str, scopes: list[str]) -> tuple[str, str]:
        """A token's id and secret; the secret is shown once. Raises RefusedError on a scope that is none."""
        unknown = sorted(set(scopes) - set(get_args(Right)))
        if unknown or not scopes:
            raise RefusedError(f"scopes: choose among {', '.join(get_args(Right))}")
        if not name.strip() or len(name) > 80:
            raise RefusedError("name: say in 1 to 80 characters what the token is for")
        secret, number = f"evh_{secrets.token_urlsafe(32)}", secrets.token_hex(8)
        with self._engine.begin() as connection:
            connection.execute(
                sa.insert(schema.tokens).values(
                    secret=_hash(secret), id=number, account=account, name=name.strip(),
                    scopes=" ".join(sorted(set(scopes))), made_at=_now(),
                )
            )  # fmt: skip
        return number, secret

    def tokens(self, account: str) -> list[dict[str, object]]:
        """A person's tokens, without their secrets."""
        table = schema.tokens.c
        query = sa.select(table.id, table.name, table.scopes, table.made_at).where(table.account == account)
        with self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query.order_by(table.made_at))]

    def end_token(self, account: str, number: str) -> bool:
        """Take a token away; False when the person has none of this id."""
        table = schema.tokens
        with self._engine.begin() as connection:
            done = connection.execute(sa.delete(table).where(table.c.account == account, table.c.id == number))
            return bool(done.rowcount)

    def looked(self, who: str, at: str | None = None) -> str | None:
        """When a person last looked at the case's home; with `at`, note that they look now."""
        table = schema.looks
        with self._engine.begin() as connection:
            before = connection.scalar(sa.select(table.c.at).where(table.c.who == who))
            if at is not None:
                connection.execute(sa.delete(table).where(table.c.who == who))
                connection.execute(sa.insert(table).values(who=who, at=at))
            return before

    def _fits(self, kept: str | None, password: str) -> bool:
        try:
            return self._hasher.verify(kept or self._nobody, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def _check(self, role: str | None, password: str | None) -> None:
        if role is not None and role not in ROLES:
            raise RefusedError(f"{role}: no such role; there are {', '.join(ROLES)}")
        if password is not None and not _SHORTEST <= len(password) <= 200:
            raise RefusedError(f"the password needs {_SHORTEST} to 200 characters")

    def _change(self, name: str, **values: object) -> None:
        with self._engine.begin() as connection:
            done = connection.execute(sa.update(schema.accounts).where(schema.accounts.c.name == name).values(**values))
            if not done.rowcount:
                raise RefusedError(f"{name}: no such account")

    def _end_all(self, name: str, *, tokens: bool = True) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(schema.sessions).where(schema.sessions.c.account == name))
            if tokens:
                connection.execute(sa.delete(schema.tokens).where(schema.tokens.c.account == name))


def _hash(secret: str) -> str:
    """Secrets are random and long: a plain hash keeps them as well as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
