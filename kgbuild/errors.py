"""Every error a user can meet, as one tree; each class carries the exit code of the command line.

    KgbuildError                    exit code
    ├── AnswerIsNo                  1   ran, and the answer is no
    ├── UsageError                  2   wrong use
    │   ├── InputError              2   something named by the user cannot be read
    │   ├── QueryError              2   a SPARQL query is malformed or refused
    │   └── AmbiguousNameError      2   a name fits several entities
    └── MissingError                3   a model or an extra is missing

A message is one line: what, where, what to do.
"""

from __future__ import annotations


class KgbuildError(Exception):
    """Base of all errors raised on purpose."""

    exit_code = 2


class AnswerIsNo(KgbuildError):  # noqa: N818 - an answer, not a fault
    """The command ran, and the answer is no: a shape is violated, a contradiction was found."""

    exit_code = 1


class UsageError(KgbuildError, ValueError):
    """Wrong use: a value that is not allowed; the message names it and what is allowed."""


class InputError(UsageError):
    """Something that the user named does not exist or cannot be read."""


class QueryError(UsageError):
    """A query is malformed, refused or unknown."""


class AmbiguousNameError(UsageError):
    """A name fits several entities; the message lists them."""


class MissingError(KgbuildError):
    """A model or an optional package is missing; the message says how to install it."""

    exit_code = 3
