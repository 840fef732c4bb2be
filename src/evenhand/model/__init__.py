"""The records every stage shares. They are frozen; their ids derive from their content.

The shapes are the ledger's (`docs/record-format.md`): what a record is called here is what it is called
in the files evenhand writes.
"""
