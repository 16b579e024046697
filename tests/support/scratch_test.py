"""A test case with a scratch folder of its own."""
import os
import tempfile
import unittest


class ScratchTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        """Writes a text into the folder. @return its name"""
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return name
