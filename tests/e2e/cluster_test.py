#!/usr/bin/env python3
"""`icmap cluster` on files of points, with scikit-learn as judge.

usage: cluster_test.py ICMAP
Compared are core points, noise and the partition of core points: scikit-learn gives a border point
to whichever cluster reaches it first, we to that of its nearest core point.
"""
import csv
import gzip
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy
from sklearn.cluster import DBSCAN

ICMAP = sys.argv[1]


def run(*arguments):
    return subprocess.run([ICMAP, "cluster", *map(str, arguments)], capture_output=True, text=True)


class Cluster(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, header, rows, opener=open):
        file = self.path / name
        with opener(file, "wt", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(rows)
        return file

    def labels(self):
        with (self.path / "labels.csv").open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        return (numpy.array([int(r["label"]) for r in rows]),
                numpy.array([int(r["is_core"]) for r in rows], dtype=bool))

    def test_agrees_with_scikit_learn(self):
        generator = numpy.random.default_rng(5)
        towns = generator.uniform(0, 100_000, (40, 2))
        points = numpy.concatenate([
            towns[generator.integers(0, 40, 4000)] + generator.normal(0, 900, (4000, 2)),
            generator.uniform(0, 100_000, (1000, 2)),
        ]).round(1)
        points = numpy.concatenate([points, points[:500]])  # shared postcodes
        file = self.write("points.csv.gz", ["name", "x", "y"],
                          [(i, x, y) for i, (x, y) in enumerate(points)], gzip.open)
        for eps, min_points in ((400, 5), (1000, 10), (3000, 40)):
            done = run(file, "--x", "x", "--y", "y", "--eps", eps, "--min-points", min_points,
                       "-o", self.path / "labels.csv")
            self.assertEqual(done.returncode, 0, done.stderr)
            label, is_core = self.labels()
            judge = DBSCAN(eps=eps, min_samples=min_points).fit(points)
            judge_core = numpy.zeros(len(points), dtype=bool)
            judge_core[judge.core_sample_indices_] = True
            numpy.testing.assert_array_equal(is_core, judge_core)
            numpy.testing.assert_array_equal(label == -1, judge.labels_ == -1)
            pairs = set(zip(label[is_core].tolist(), judge.labels_[is_core].tolist()))
            self.assertEqual(len(pairs), len({a for a, _ in pairs}))
            self.assertEqual(len(pairs), len({b for _, b in pairs}))
            told = json.loads(done.stdout)
            self.assertEqual(told["points"], len(points))
            self.assertEqual(told["clusters"], label.max() + 1)
            self.assertEqual(told["noise"], int((label == -1).sum()))
            self.assertEqual(told["core_points"], int(is_core.sum()))

    def test_a_weight_counts_as_so_many_points(self):
        file = self.write("points.csv", ["x", "y", "firms"], [(0, 0, 9), (100, 0, 1), (9000, 0, 9)])
        done = run(file, "--x", "x", "--y", "y", "--weight", "firms", "-o", self.path / "labels.csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.labels()[0].tolist(), [0, 0, -1])

    def test_bad_input_names_the_column_the_row_and_the_limit(self):
        good = self.write("good.csv", ["easting", "northing"], [(1, 2), (3, 4)])
        bad = self.write("bad.csv", ["x", "y"], [(1, 2), (3, "nan"), (5, 6)])
        cases = [
            ((good, "--x", "east", "--y", "northing"), 'nearest name is "easting"'),
            ((bad, "--x", "x", "--y", "y"), "Row 2"),
            ((good, "--x", "easting", "--y", "northing", "--eps", "0"), "eps"),
            ((good, "--x", "easting", "--y", "northing", "--eps", "-5"), "eps"),
            ((good, "--x", "easting", "--y", "northing", "--eps", "nan"), "eps"),
            ((good, "--x", "easting", "--y", "northing", "--min-points", "0"), "min_points"),
            ((self.path / "none.csv", "--x", "x", "--y", "y"), "none.csv"),
        ]
        degrees = self.write("degrees.csv", ["lon", "lat"], [(-1.47, 53.38), (-1.5, 53.4), (0.1, 51.5)])
        cases += [
            ((good, "--x", "easting", "--y", "northing", "--eps", "1e9"), 'value "1000000000"'),
            ((degrees, "--x", "lon", "--y", "lat", "--eps", "1000"), "look like degrees"),
            ((bad, "--x", "x", "--y", "y"), 'field "y", value "nan"'),
        ]
        for arguments, told in cases:
            done = run(*arguments, "-o", self.path / "labels.csv")
            self.assertEqual(done.returncode, 1, (arguments, done.stderr))
            self.assertIn(told, done.stderr)
            self.assertFalse((self.path / "labels.csv").exists())

    def test_a_file_name_is_no_pattern(self):
        for name, rows in (("points[1].csv", [(0, 0), (1, 1), (5000, 0)]), ("points1.csv", [(0, 0)])):
            self.write(name, ["x", "y"], rows)
        done = run(self.path / "points[1].csv", "--x", "x", "--y", "y", "-o", self.path / "labels.csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["points"], 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
