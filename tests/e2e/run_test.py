#!/usr/bin/env python3
"""What `./run` builds and serves, with a stand-in for the program that notes what it is asked.

usage: run_test.py RUN
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

RUN = Path(sys.argv[1]).resolve()
ICMAP = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/asked"
[ "$1" != demo ] || { mkdir -p "$2"; touch "$2/README.md" "$2/project.toml"; }
"""


class Run(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.root = Path(self.temporary.name)
        self.program = self.root / "build" / "release" / "icmap"
        self.program.parent.mkdir(parents=True)
        (self.root / "tools").mkdir()
        shutil.copy(RUN, self.root / "run")
        for name, text in (("tools/setup", "#!/bin/sh\n"), ("tools/build", "#!/bin/sh\n"),
                           ("build/release/icmap", ICMAP)):
            (self.root / name).write_text(text, encoding="utf-8")
            (self.root / name).chmod(0o755)
        os.utime(self.program, (1_000_000_000, 1_000_000_000))

    def tearDown(self):
        self.temporary.cleanup()

    def asked(self, *arguments):
        """What the program was asked by one ./run, as lists of words."""
        asked = self.program.parent / "asked"
        asked.unlink(missing_ok=True)
        done = subprocess.run([self.root / "run", *arguments, "--no-serve"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [line.split() for line in asked.read_text(encoding="utf-8").splitlines()]

    def test_projects_of_the_same_name_have_atlases_of_their_own(self):
        atlases = set()
        for parent in ("a/x", "b/x"):
            folder = self.root / parent
            folder.mkdir(parents=True)
            (folder / "project.toml").touch()
            [[_, _, _, atlas, _]] = self.asked(folder / "project.toml")
            [again] = self.asked(folder / "." / "project.toml")
            self.assertEqual(again[3], atlas)
            self.assertIn("x-project", atlas)
            atlases.add(atlas)
        self.assertEqual(len(atlases), 2)

    def test_the_example_is_made_again_only_when_the_program_has_changed(self):
        self.assertEqual([words[0] for words in self.asked()], ["demo", "build"])
        self.assertEqual([words[0] for words in self.asked()], ["build"])
        os.utime(self.program)
        later = self.root / "build" / "example-200000" / "README.md"
        os.utime(later, (1_500_000_000, 1_500_000_000))
        self.assertEqual([words[0] for words in self.asked()], ["demo", "build"])

    def test_a_wrong_number_is_told_before_anything_is_done(self):
        for arguments, told in ((("--port", "abc"), '--port takes a whole number from 1 to 65535 (value "abc")'),
                                (("--port", "0"), 'value "0"'), (("--port", "70000"), 'value "70000"'),
                                (("--firms", "500"), "--firms takes a whole number from 10000 to 5600000")):
            done = subprocess.run([self.root / "run", *arguments], capture_output=True, text=True)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(told, done.stderr)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            done = subprocess.run([self.root / "run", "--port", port], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(f"Port {port} is in use", done.stderr)
        self.assertFalse((self.program.parent / "asked").exists())

    def test_an_example_that_was_killed_half_way_is_made_again(self):
        self.asked()
        (self.root / "build" / "example-200000" / "project.toml").unlink()
        self.assertEqual([words[0] for words in self.asked()], ["demo", "build"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
