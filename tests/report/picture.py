#!/usr/bin/python3
"""Picture of the beginning of a page: picture.py PAGE.html PICTURE.png [WIDTH HEIGHT]."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chromium import Chromium, executable  # noqa: E402


def main(page, picture, width="1280", height="1800"):
    if executable() is None:
        sys.exit("Chromium is not installed: scripts/install_packages browser")
    browser = Chromium()
    try:
        browser.open(page, int(width))
        browser.screenshot(picture, clip={"x": 0, "y": 0, "width": int(width), "height": int(height)})
    finally:
        browser.close()


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
