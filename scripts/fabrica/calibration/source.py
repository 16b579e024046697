"""Where the keys of a TOML text stand: tomllib reads values without their places."""

import difflib
import re

from ..errors import ScenarioError


class Source:
    """A file under checking: collects all faults, each with its line and column."""

    def __init__(self, path, text):
        self.path, self.places, self.faults = path, places(text), []

    def fault(self, where, message, help_text=""):
        """@param where  tuple such as ("calibration", "parameter", 0, "key"); the nearest place above it that the text has is named"""
        while where and where not in self.places:
            where = where[:-1]
        line, column = self.places.get(where, (1, 1))
        self.faults.append(f"{self.path}:{line}:{column}: error: {message}" + (f"\n  help: {help_text}" if help_text else ""))

    def unknown(self, where, key, known):
        near = difflib.get_close_matches(key, known, 1)
        self.fault((*where, key), f"{key} is not a known key", (f"did you mean '{near[0]}'? " if near else "") + f"Known keys: {', '.join(known)}")

    def check(self):
        """@raise ScenarioError  with all faults"""
        if self.faults:
            count = len(self.faults)
            raise ScenarioError("\n".join([*self.faults, f"{count} error{'s' if count > 1 else ''}"]))


def places(text):
    """{path: (line, column)} of headers and keys; tables of a list are counted from 0."""
    found, table, counts = {}, (), {}
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line)
        key = re.match(r'\s*("[^"]+"|[\w.-]+)\s*=', line)
        if header:
            table = tuple(part.strip(' "') for part in header[2].split("."))
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found.setdefault(table, (number, header.start(2) + 1))
        elif key:
            found.setdefault((*table, key[1].strip('"')), (number, key.start(1) + 1))
    return found
