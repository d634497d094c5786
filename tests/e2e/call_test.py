#!/usr/bin/env python3
"""Wrong calls of the program as a whole: each names the word that is wrong.

usage: call_test.py ICMAP
"""
import subprocess
import sys
import unittest

ICMAP = sys.argv[1]


class Call(unittest.TestCase):
    def expect(self, arguments, *told):
        done = subprocess.run([ICMAP, *arguments], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "")
        for text in told:
            self.assertIn(text, done.stderr)
        self.assertIn("--help lists what can be given", done.stderr)

    def test_a_word_that_is_no_command_is_named_with_the_commands_there_are(self):
        self.expect(["nonsense"], "There is no command nonsense", "build", "serve", "export", "cluster", "validate", "demo")

    def test_a_command_with_a_typing_error_is_named_with_the_one_that_was_meant(self):
        self.expect(["exprot", "file.atlas"], "There is no command exprot. Did you mean export?")
        self.expect(["--quiet", "biuld", "project.toml"], "There is no command biuld. Did you mean build?")

    def test_an_option_that_is_none_is_named(self):
        self.expect(["--nonsense"], "There is no option --nonsense")
        self.expect(["--nonsense", "build"], "--nonsense")

    def test_a_call_without_a_command_asks_for_one(self):
        self.expect([], "A subcommand is required")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
