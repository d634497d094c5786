#!/usr/bin/env python3
"""A build that is killed, raced, starved or repeated leaves a good atlas.

usage: build_test.py ICMAP
Runs on the example project with 10,000 firms.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ICMAP = sys.argv[1]
STAGES = ("ingest", "locate", "link", "classify", "cluster", "describe")


def run(*arguments, **options):
    return subprocess.run([ICMAP, *arguments], capture_output=True, text=True, **options)


def rows(atlas, layer, folder):
    """What an atlas holds, as text, through the program's own export."""
    file = Path(folder) / f"rows-{os.getpid()}.csv"
    done = run("export", atlas, "--layer", layer, "-o", file, "--quiet")
    assert done.returncode == 0, done.stderr
    return file.read_text(encoding="utf-8")


class Builds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = Path(cls.folder.name)
        os.chmod(cls.path, 0o755)
        done = run("demo", cls.path / "example", "--firms", "10000", "--seed", "7", "--quiet")
        assert done.returncode == 0, done.stderr
        cls.project = cls.path / "example" / "project.toml"
        cls.atlas = cls.path / "good.atlas"
        done = run("build", cls.project, "-o", cls.atlas, "--log-json")
        assert done.returncode == 0, done.stderr
        cls.events = [json.loads(line) for line in done.stderr.splitlines()]
        cls.clusters = rows(cls.atlas, "clusters", cls.path)
        cls.members = rows(cls.atlas, "members", cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def leftovers(self):
        return sorted(p.name for p in self.path.iterdir() if ".building" in p.name)

    def test_every_stage_tells_when_it_begins_and_what_it_did(self):
        begun = [e["stage"] for e in self.events if e["event"] == "begin"]
        ended = {e["stage"]: e for e in self.events if e["event"] == "end"}
        self.assertEqual([s for s in begun if s in STAGES], list(STAGES))
        for stage in STAGES:
            self.assertGreater(ended[stage]["rows"], 0, stage)
            self.assertTrue(ended[stage]["summary"], stage)

    def test_the_same_project_gives_the_same_rows_on_one_thread_and_on_two(self):
        for threads in ("1", "2"):
            other = self.path / f"threads{threads}.atlas"
            self.assertEqual(run("build", self.project, "-o", other, "--threads", threads,
                                 "--quiet").returncode, 0)
            self.assertEqual(rows(other, "clusters", self.path), self.clusters)
            self.assertEqual(rows(other, "members", self.path), self.members)

    def test_a_build_killed_in_any_stage_leaves_the_old_atlas_as_it_was(self):
        before = self.atlas.read_bytes()
        for stage in STAGES:
            process = subprocess.Popen(
                [ICMAP, "build", self.project, "-o", self.atlas, "--log-json"],
                stderr=subprocess.PIPE, text=True)
            reached = False
            for line in process.stderr:
                event = json.loads(line)
                if event["event"] == "begin" and event["stage"] == stage:
                    reached = True
                    process.send_signal(signal.SIGKILL)
                    break
            process.wait()
            process.stderr.close()
            self.assertTrue(reached, stage)
            self.assertEqual(process.returncode, -signal.SIGKILL, stage)
            self.assertEqual(self.atlas.read_bytes(), before, stage)
            self.assertEqual(rows(self.atlas, "clusters", self.path), self.clusters, stage)
        done = run("build", self.project, "-o", self.atlas, "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(rows(self.atlas, "clusters", self.path), self.clusters)

    def test_of_two_builds_at_once_one_wins_and_one_says_why_not(self):
        target = self.path / "raced.atlas"
        first = subprocess.Popen([ICMAP, "build", self.project, "-o", target, "--log-json"],
                                 stderr=subprocess.PIPE, text=True)
        first.stderr.readline()  # it has begun
        second = run("build", self.project, "-o", target, "--quiet")
        first.communicate()
        self.assertEqual(first.returncode, 0)
        self.assertEqual(second.returncode, 1)
        self.assertIn("Another build is writing this atlas", second.stderr)
        self.assertEqual(rows(target, "clusters", self.path), self.clusters)

    def test_a_disk_that_fills_is_an_error_and_the_old_atlas_stays(self):
        before = self.atlas.read_bytes()
        # A limit on the size of files stands in for a full disk: every further write fails, in the
        # middle of a stage or, with the larger ones, when the atlas is put together.
        for blocks in (100, 1000, 4000):
            done = subprocess.run(
                ["bash", "-c", f'trap "" XFSZ; ulimit -f {blocks}; exec "$@"', "bash", ICMAP, "build",
                 str(self.project), "-o", str(self.atlas), "--quiet"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("The disk is full", done.stderr)
            self.assertIn("Free some space", done.stderr)
            self.assertNotRegex(done.stderr, "Stack Trace|libduckdb|FATAL|IO Error")
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(self.atlas.read_bytes(), before)
        self.assertEqual(self.leftovers(), [])

    def test_a_folder_that_may_not_be_written_to_is_named(self):
        # The super-user may write everywhere, so somebody else tries.
        someone = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
        closed = self.path / "closed"
        closed.mkdir(mode=0o555, exist_ok=True)
        try:
            done = run("build", self.project, "-o", closed / "a.atlas", "--quiet", **someone)
        except PermissionError:
            self.skipTest("the program's own folder cannot be read by another user")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("closed/a.atlas", done.stderr)

    def test_a_rebuild_from_cluster_with_the_same_settings_gives_the_same_clusters(self):
        done = run("build", self.project, "-o", self.atlas, "--from", "cluster", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(rows(self.atlas, "clusters", self.path), self.clusters)

    def begun(self, done):
        events = [json.loads(line) for line in done.stderr.splitlines()]
        return [e["stage"] for e in events if e["event"] == "begin" and e["stage"] in STAGES]

    def test_a_change_of_cluster_alone_starts_there_and_gives_what_a_whole_build_does(self):
        target = self.path / "again.atlas"
        before = self.project.read_text(encoding="utf-8")
        self.assertEqual(run("build", self.project, "-o", target, "--quiet").returncode, 0)
        try:
            self.assertIn("eps_m = 1000", before)
            self.project.write_text(before.replace("eps_m = 1000", "eps_m = 1500")
                                    + "\n[outline]\nconcavity = 0.5\n", encoding="utf-8")
            done = run("build", self.project, "-o", target, "--log-json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.begun(done), ["cluster", "describe"])
            self.assertIn("cluster.eps_m, outline.concavity", done.stderr)
            whole = self.path / "whole.atlas"
            done = run("build", self.project, "-o", whole, "--log-json")
            self.assertEqual(self.begun(done), list(STAGES))
            for layer in ("clusters", "members", "firms"):
                self.assertEqual(rows(target, layer, self.path), rows(whole, layer, self.path), layer)
            self.assertNotEqual(rows(target, "clusters", self.path), self.clusters)
            # Nothing changed since: all is asked for anew.
            done = run("build", self.project, "-o", target, "--log-json")
            self.assertEqual(self.begun(done), list(STAGES))
        finally:
            self.project.write_text(before, encoding="utf-8")

    def test_a_change_of_anything_else_starts_as_early_as_it_must(self):
        target = self.path / "early.atlas"
        before = self.project.read_text(encoding="utf-8")
        deals = self.project.parent / "deals" / "deals.csv"
        self.assertEqual(run("build", self.project, "-o", target, "--quiet").returncode, 0)
        try:
            self.project.write_text(before + '\n[link]\nfuzzy = false\n', encoding="utf-8")
            self.assertEqual(self.begun(run("build", self.project, "-o", target, "--log-json")), list(STAGES))
            self.project.write_text(before.replace('licence = "', 'licence = "New ', 1), encoding="utf-8")
            self.assertEqual(self.begun(run("build", self.project, "-o", target, "--log-json")), list(STAGES))
            self.project.write_text(before.replace('"sic-groups", ', ""), encoding="utf-8")
            self.assertEqual(run("build", self.project, "-o", target, "--quiet").returncode, 0)
            self.project.write_text(before, encoding="utf-8")
            self.assertEqual(self.begun(run("build", self.project, "-o", target, "--log-json")),
                             ["classify", "cluster", "describe"])
            self.assertEqual(rows(target, "clusters", self.path), self.clusters)
            deals.write_bytes(deals.read_bytes())
            self.assertEqual(self.begun(run("build", self.project, "-o", target, "--log-json")), list(STAGES))
        finally:
            self.project.write_text(before, encoding="utf-8")

    def test_a_rebuild_from_cluster_sees_other_bytes_of_the_same_length(self):
        patents = self.project.parent / "patents" / "patents.csv"
        before = patents.read_bytes()
        times = patents.stat()
        other = before.replace(b"2019-", b"2018-", 1)
        self.assertNotEqual(other, before)
        try:
            patents.write_bytes(other)
            os.utime(patents, ns=(times.st_atime_ns, times.st_mtime_ns))
            done = run("build", self.project, "-o", self.atlas, "--from", "cluster", "--quiet")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("other bytes than source", done.stderr)
            self.assertIn("patents/patents.csv", done.stderr)
        finally:
            patents.write_bytes(before)
        done = run("build", self.project, "-o", self.atlas, "--from", "cluster", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_file_whose_name_looks_like_a_pattern_is_seen_to_change(self):
        folder = self.path / "patterns"
        folder.mkdir()
        firms = folder / "firms[1].csv"
        header = "CompanyName,CompanyNumber,RegAddress.PostCode,CompanyStatus,IncorporationDate,SICCode.SicText_1\n"
        firms.write_text(header + "A,10000001,S1 2HE,Active,01/02/2010,62020 - IT\n", encoding="utf-8")
        project = folder / "project.toml"
        project.write_text('[project]\nname = "P"\ncrs = "EPSG:27700"\nas_of = 2024-11-01\n'
                           '[[source]]\nkind = "firms"\nformat = "companies-house"\npath = "firms[1].csv"\n',
                           encoding="utf-8")
        atlas = folder / "p.atlas"
        self.assertEqual(run("build", project, "-o", atlas, "--quiet").returncode, 0)
        self.assertIn("up to date", run("build", project, "-o", atlas, "--if-changed").stderr)
        firms.write_text(firms.read_text(encoding="utf-8").replace("A,", "B,"), encoding="utf-8")
        done = run("build", project, "-o", atlas, "--if-changed")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("up to date", done.stderr)

    def test_an_older_file_moved_into_place_is_a_change(self):
        patents = self.project.parent / "patents" / "patents.csv"
        aside = patents.with_suffix(".aside")
        aside.write_bytes(patents.read_bytes())
        os.utime(aside, (1, 1))
        os.replace(aside, patents)
        done = run("build", self.project, "-o", self.atlas, "--if-changed")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("up to date", done.stderr)

    def test_nothing_is_built_when_nothing_has_changed(self):
        done = run("build", self.project, "-o", self.atlas, "--if-changed")
        self.assertEqual(done.returncode, 0)
        self.assertIn("up to date", done.stderr)
        os.utime(self.project)
        done = run("build", self.project, "-o", self.atlas, "--if-changed")
        self.assertEqual(done.returncode, 0)
        self.assertNotIn("up to date", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
