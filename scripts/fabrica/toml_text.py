"""Python values as TOML, for --set and for overlays."""

import datetime
import json
import math
import re

BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_value(value):
    """The value as --set takes it. Text is passed as it stands, so "2016-01-01" is a date and "roller" a choice.

    @param value  bool, int, finite float, str, date, or a list or dict of these
    @raise TypeError, ValueError  for what TOML has no way to write, and for numbers that are not finite
    """
    return value if isinstance(value, str) else toml_literal(value)


def toml_literal(value):
    """The value as it stands in a file: text in quotes, numbers in shortest round-trip form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {toml_literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_literal(one) for one in value) + "]"
    return _number(value)


def _number(value):
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if isinstance(value, bool):
        return toml_literal(value)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, float):
        raise TypeError(f"TOML has no value of type {type(value).__name__}")
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number")
    return repr(value)


def quoted(key):
    """One part of a key, in quotes where it needs them."""
    return key if BARE.fullmatch(key) else toml_literal(key)


def tables(values):
    """{"a.b.c": value} as the text of a file with tables [a.b], keys without a dot first."""
    groups = {}
    for key, value in values.items():
        table, _, name = key.rpartition(".")
        groups.setdefault(table, []).append(f"{quoted(name)} = {toml_literal(value)}")
    head = "".join(line + "\n" for line in groups.pop("", []))
    parts = ["[" + ".".join(map(quoted, table.split("."))) + "]\n" + "\n".join(lines) + "\n" for table, lines in groups.items()]
    return "\n".join([head, *parts] if head else parts)
