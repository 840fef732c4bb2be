"""Every error evenhand raises on purpose.

    EvenhandError
    ├── UsageError        the caller's words are off (exit 2)
    │   └── CaseError     the case file or a profile says something it may not
    ├── UnreadableError   one input could not be read: becomes an `unread` record, never a stop
    ├── WeightsError      a trained file is missing or its hash differs
    ├── StoreError        the case's working state cannot be used
    ├── EngineError       the engine asked for is not installed, not reached, or loses every record
    ├── GoldError         a gold file does not fit its report
    ├── CustodyError      a case folder, its log or a bundle is altered, in use or not one
    ├── ExportError       a record does not fit its report, or a format cannot hold it
    └── RefusedError      a decision cannot be taken as it was put
        └── ConflictError the record was changed by someone else in between

Each message names the file, the reason and the cure.
"""


class EvenhandError(Exception):
    """Root of the tree; carries a message fit for a terminal."""


class UsageError(EvenhandError):
    """The command or an argument is not of the right form."""


class CaseError(UsageError):
    """A case file or profile holds something it may not; the message names the file and the key."""


class UnreadableError(EvenhandError):
    """One input could not be read. `cure` says what the user can do about it."""

    def __init__(self, why: str, cure: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.cure = cure


class WeightsError(EvenhandError):
    """A trained file is missing, damaged or not the one its manifest names."""


class StoreError(EvenhandError):
    """The case's working state cannot be opened, is of another version, or is in use."""


class EngineError(EvenhandError):
    """The engine that was asked for is not installed, not reached, or loses every record it is given."""


class CustodyError(EvenhandError):
    """A case folder, its log or a bundle cannot be used: altered, in use, or not one."""


class ExportError(EvenhandError):
    """Records cannot be written in a format: words are not where a record says, or there are more than it holds."""


class GoldError(EvenhandError):
    """A gold annotation points at words that its report does not hold."""


class RefusedError(EvenhandError):
    """A decision of a person cannot be applied as it was put: the message says why and what to do."""


class ConflictError(RefusedError):
    """What the decision was made on is no longer so; `yours` and `theirs` are the two versions, as plain values."""

    def __init__(self, message: str, *, yours: object = None, theirs: object = None) -> None:
        super().__init__(message)
        self.yours = yours
        self.theirs = theirs
