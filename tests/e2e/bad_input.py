"""Small projects with one thing wrong each, for the tests of bad input (docs/bad-input.md lists all)."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ICMAP = str(Path(sys.argv[1]).resolve())
FIRM_HEADER = ("CompanyName,CompanyNumber,RegAddress.PostCode,CompanyStatus,IncorporationDate,"
               "SICCode.SicText_1")
FIRMS = [f"Firm {i},{10_000_000 + i},S1 2HE,Active,01/02/2010,62020 - IT" for i in range(40)]
POSTCODES = ["S1 2HE,53.38,-1.47", "S1 1AA,53.39,-1.46"]
SETTINGS = '[project]\nname = "Case"\ncrs = "EPSG:27700"\nas_of = 2024-11-01\n'


class Case:
    """A project in a folder of its own, right until a test puts something wrong into it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.settings = SETTINGS
        self.sources = {"firms": ("companies-house", "firms.csv"), "postcodes": ("onspd", "postcodes.csv")}
        self.more = ""  # further sources, as TOML
        self.write("firms.csv", "\n".join([FIRM_HEADER, *FIRMS, ""]))
        self.write("postcodes.csv", "\n".join(["pcds,lat,long", *POSTCODES, ""]))

    def write(self, name, text):
        data = text if isinstance(text, bytes) else text.encode()
        (self.folder / name).write_bytes(data)

    def firms(self, *rows, header=FIRM_HEADER):
        """Rows from line 2 on, before the good ones."""
        self.write("firms.csv", "\n".join([header, *rows, *FIRMS, ""]))

    def postcodes(self, *rows):
        self.write("postcodes.csv", "\n".join(["pcds,lat,long", *rows, *POSTCODES, ""]))

    def run(self, command, *arguments, options=("--quiet",)):
        text = self.settings
        for kind, (form, path) in self.sources.items():
            text += f'[[source]]\nkind = "{kind}"\nformat = "{form}"\npath = "{path}"\n'
        self.write("project.toml", text + self.more)
        return subprocess.run([ICMAP, command, "project.toml", *arguments, *options], cwd=self.folder,
                              capture_output=True, text=True)


class BadInput(unittest.TestCase):
    """A case for each test; the tests are in bad_*_test.py."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.case = Case(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def expect(self, *told, build=None):
        """validate fails and says all of `told`; build, where given, ends with that code."""
        done = self.case.run("validate")
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, 1, said)
        for part in told:
            self.assertIn(part, said)
        if build is not None:
            built = self.case.run("build", "-o", "case.atlas")
            self.assertEqual(built.returncode, build, built.stderr)
            self.assertEqual((self.case.folder / "case.atlas").exists(), build == 0)
        return said


def main():
    unittest.main(argv=sys.argv[:1], verbosity=2)
