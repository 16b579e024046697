#!/usr/bin/python3
"""The built page is that of the source: the digest in sim/report/page.html is that of the files of scripts/report."""
import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "scripts" / "report"


def digest_of_sources():
    """As scripts/report/vite.config.js computes it."""
    names = [".npmrc", "index.html", "package-lock.json", "package.json", "vite.config.js"] + [f"src/{path.name}" for path in (SOURCE / "src").iterdir()]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\0" + (SOURCE / name).read_bytes() + b"\0")
    return digest.hexdigest()


def main():
    page = (ROOT / "sim" / "report" / "page.html").read_text(encoding="ascii")
    built = re.search(r'<meta name="sources-sha256" content="([0-9a-f]{64})">', page)
    faults = []
    if built is None or built[1] != digest_of_sources():
        faults.append("sim/report/page.html was not built from scripts/report as it is: run `npm ci && npm run build` in scripts/report")
    if len(page) > 450_000:
        faults.append(f"sim/report/page.html has {len(page)} bytes: every report carries them, keep it below 450 000")
    lock = (SOURCE / "package-lock.json").read_text(encoding="utf-8")
    if '"resolved"' in lock:
        faults.append("scripts/report/package-lock.json names the registry that it was made with: keep omit-lockfile-registry-resolved in .npmrc")
    print("\n".join(faults) or "the page is that of its source")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
