"""Validation against SHACL shapes: one function, one report."""

from repatria.shacl.engine import validate
from repatria.shacl.report import Report, Result, Severity

__all__ = ["Report", "Result", "Severity", "validate"]
