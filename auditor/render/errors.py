"""What can go wrong when a result is rendered."""

from __future__ import annotations


class RenderError(Exception):
    """A format could not be written; the message is one Chinese sentence for the user."""


class PdfUnavailable(RenderError):
    """This machine lacks what the PDF needs; the message says what to install."""
