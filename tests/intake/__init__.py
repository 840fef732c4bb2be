"""Tests of intake: every form a report comes in, and what must never happen to it."""
