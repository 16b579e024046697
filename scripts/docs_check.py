#!/usr/bin/python3
"""Checks that the documents are true, and refreshes what is generated in them.

    docs_check.py --program build/release/fabrica [--update]

Checked: files and headings that are linked or named, keys of scenarios, functions beside the equations of models/MODEL.md, names of
fields, numbers of equations in the source, pairs of anchors, and the tables between `parameters` and `series` anchors, which --update writes.
Prints every fault as file:line: text. Exit code 1 when there is one.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "models/MODEL.md", "scenarios/README.md", "results/README.md", "scripts/README.md"]
MODEL = "models/MODEL.md"
TOP = {path.name for path in ROOT.iterdir() if path.is_dir()}
LATER = ("results/reference",)  # written by a full run; links into it may dangle until it is there


class Program:
    """What the built program says about itself."""

    def __init__(self, path):
        self.path = path
        self.page = self.ask("explain", "--markdown")
        self.sections = re.split(r"^## ", self.page, flags=re.M)[1:]
        self.keys = {f"{section}.{key}" for section, rows in map(self.rows, self.sections) for key in rows}
        self.groups = {section.split("\n", 1)[0] for section in self.sections}
        self.kinds = re.findall(r"\w+", re.search(r"^\| `kind` \| choice: (.*?), required", self.page, re.M)[1])

    def ask(self, *words):
        return subprocess.run([self.path, *words], check=True, capture_output=True, text=True).stdout

    @staticmethod
    def rows(section):
        return section.split("\n", 1)[0], re.findall(r"^\| `(\w+)` \|", section, flags=re.M)

    def parameters(self):
        """The reference page as sections of the third level, each key with its group."""
        parts = []
        for section in self.sections:
            name, text = section.split("\n", 1)
            prefix = "" if name.startswith("(") else name + "."
            parts.append(f"### {name}\n" + re.sub(r"^\| `(\w+)` \|", rf"| `{prefix}\1` |", text, flags=re.M).rstrip() + "\n")
        return "\n".join(parts)

    def series(self):
        rows = json.loads(self.ask("list", "series", "--json"))["series"]
        lines = [f"| `{r['name']}` | {r['unit']} | {r['meaning']} |" for r in rows]
        return "\n".join(["| series | unit | meaning |", "|---|---|---|", *lines]) + "\n"


def between(name):
    return re.compile(rf"(<!-- {name}:begin -->\n)(.*?)(<!-- {name}:end -->)", re.S)


def with_tables(text, program):
    """The text with its generated tables as the program would write them now."""
    for name, make in (("parameters", program.parameters), ("series", program.series)):
        text = between(name).sub(lambda match, make=make: match[1] + make() + match[3], text)
    return text


def slug(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower().replace("`", "")).replace(" ", "-")


class Document:
    def __init__(self, name, faults, root=ROOT):
        self.name, self.faults, self.root = name, faults, root
        self.path = root / name
        self.text = self.path.read_text(encoding="utf-8")
        self.prose = re.sub(r"^```.*?^```", lambda block: "\n" * block[0].count("\n"), self.text, flags=re.S | re.M)
        self.quoted = [(self.line(match.start()), match[1]) for match in re.finditer(r"`([^`\n]+)`", self.prose)]

    def line(self, position):
        return self.prose.count("\n", 0, position) + 1

    def fault(self, line, text):
        self.faults.append(f"{self.name}:{line}: {text}")

    def check(self, program):
        self.check_files()
        self.check_links()
        self.check_keys(program)
        self.check_shocks(program)
        self.check_anchors()
        if with_tables(self.text, program) != self.text:
            self.fault(1, "a generated table is out of date: scripts/docs_check.py --update")

    def exists(self, name):
        name = name.rstrip("/")
        if any(name.startswith(folder) and not (self.root / folder).exists() for folder in LATER):
            return True
        return (self.root / name).exists() or (self.path.parent / name).exists()

    def check_files(self):
        blocks = re.finditer(r"^```sh.*?^```", self.text, flags=re.S | re.M)
        commands = [(self.text.count("\n", 0, b.start()) + 1, word) for b in blocks for word in b[0].split()]
        for line, word in self.quoted + commands:
            word = word.split("::")[0].rstrip(":,;")
            if re.fullmatch(r"[\w./-]+", word) and word.split("/")[0] in TOP - {"build", "results"} and not self.exists(word):
                self.fault(line, f"there is no '{word}'")
        for line, word in self.quoted:
            is_file = re.fullmatch(r"results/[\w./-]+|[A-Z]+(\.md|\.cff)?", word) and ("/" in word or "." in word)
            if is_file and not self.exists(word):
                self.fault(line, f"there is no '{word}'")

    def check_links(self):
        for match in re.finditer(r"\]\(([^)\s]+)\)", self.prose):
            target, _, heading = match[1].partition("#")
            if re.match(r"\w+:", target):
                continue
            line = self.line(match.start())
            if target and not (any(target.startswith(f) for f in LATER) or (self.path.parent / target).exists()):
                self.fault(line, f"link to '{target}', which is not there")
            elif heading:
                other = (self.path.parent / target).read_text(encoding="utf-8") if target else self.text
                if heading not in {slug(h) for h in re.findall(r"^#+ (.*)$", other, flags=re.M)}:
                    self.fault(line, f"link to heading '#{heading}', which is not there")

    def check_keys(self, program):
        for line, word in self.quoted:
            match = re.fullmatch(r"(?:--set )?([a-z_]+)\.([a-z_0-9]+)(?:=.*)?", word)
            if match and match[1] in program.groups and f"{match[1]}.{match[2]}" not in program.keys:
                self.fault(line, f"there is no key '{match[1]}.{match[2]}'")

    def check_shocks(self, program):
        """Where one kind of shock has its row, each has, and no other."""
        table = re.search(r"^\| `?kind`? \|.*\n\|[-|]+\n((?:\|.*\n)+)", self.prose, re.M)
        told = re.findall(r"^\| `(\w+)`", table[1], re.M) if table else program.kinds
        for kind in sorted(set(told) ^ set(program.kinds)):
            self.fault(self.line(table.start()), f"kind of shock '{kind}' is in the table or in the program, not in both")

    def check_anchors(self):
        names = re.findall(r"<!-- ([\w-]+):(begin|end) -->", self.text)
        if names != [(name, part) for name, _ in names[::2] for part in ("begin", "end")]:
            self.fault(1, f"anchors do not come in pairs: {names}")


class Model(Document):
    """models/MODEL.md: what it says of the source."""

    def check(self, program):
        super().check(program)
        code = {p.relative_to(self.root).as_posix(): p.read_text(encoding="utf-8", errors="replace")
                for folder in ("models", "sim", "scenarios") for p in sorted((self.root / folder).rglob("*"))
                if p.is_file() and p.suffix != ".md"}
        self.check_functions(code)
        self.check_names(code, program)
        self.check_numbers(code)

    def check_functions(self, code):
        for match in re.finditer(r"((?:`[\w:]+`,?\s+)+)in `((?:models|sim)/[\w./]+)`", self.prose):
            if match[2] not in code:
                continue  # told by check_files
            for name in re.findall(r"`([\w:]+)`", match[1]):
                call = "" if name.split("::")[-1][0].isupper() else r"\s*\("  # a type is named, a function is called or defined
                if not re.search(rf"\b{name.split('::')[-1]}\b{call}", code[match[2]]):
                    self.fault(self.line(match.start()), f"no function '{name}' in {match[2]}")

    def check_names(self, code, program):
        words = set(re.findall(r"\w+", "\n".join(text for name, text in code.items() if name.endswith(("pp", ".csv")))))
        words |= {key.split(".")[1] for key in program.keys}
        for line, name in self.quoted:
            if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+|[A-Z][a-z]+([A-Z][a-z]+)*", name) and name not in words:
                self.fault(line, f"'{name}' is no name of the source")

    def check_numbers(self, code):
        sections = re.split(r"^### E(\d+) ", self.prose, flags=re.M)
        told = {int(n): text.split("\n#")[0] for n, text in zip(sections[1::2], sections[2::2])}
        for number, text in told.items():
            for part in ("Code:", "Source:"):
                if part not in text:
                    self.fault(1, f"E{number} has no line '{part}'")
        left_out = {int(n) for n in re.findall(r"\bE(\d+)", re.search(r"Numbers are those.*?\n\n", self.prose, re.S)[0])}
        for span in re.findall(r"E(\d+)-E(\d+)", self.prose):
            left_out |= set(range(int(span[0]), int(span[1]) + 1)) - set(told)
        for name, text in code.items():
            if name.startswith("models/"):
                for number in {int(n) for n in re.findall(r"\bE(\d{1,2})\b", text)} - set(told) - left_out:
                    self.fault(1, f"{name} names E{number}, which is not told")


def check(program, root=ROOT):
    """@return every fault of the documents under `root`"""
    faults = []
    for name in DOCUMENTS:
        if not (root / name).exists():
            faults.append(f"{name}:1: the document is missing")
            continue
        (Model if name == MODEL else Document)(name, faults, root).check(program)
    return faults


def update(program, root=ROOT):
    for name in DOCUMENTS:
        path = root / name
        text = path.read_text(encoding="utf-8")
        new = with_tables(text, program)
        if new != text:
            path.write_text(new, encoding="utf-8")
            print(f"{name}: tables written")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=str(ROOT / "build/release/fabrica"), help="the built program (default build/release/fabrica)")
    parser.add_argument("--update", action="store_true", help="write the generated tables")
    parser.add_argument("--root", type=Path, default=ROOT, help="check the documents of another copy of the project")
    options = parser.parse_args()
    program = Program(options.program)
    if options.update:
        update(program, options.root)
    faults = check(program, options.root)
    print("\n".join(faults) if faults else f"{len(DOCUMENTS)} documents are true")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
