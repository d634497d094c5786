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
from sklearn.neighbors import BallTree

EARTH_M = 6_371_008.7714

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

    def assert_same_clusters(self, judge, judge_core):
        label, is_core = self.labels()
        numpy.testing.assert_array_equal(is_core, judge_core)
        numpy.testing.assert_array_equal(label == -1, judge == -1)
        pairs = set(zip(label[is_core].tolist(), judge[is_core].tolist()))
        self.assertEqual(len(pairs), len({a for a, _ in pairs}))
        self.assertEqual(len(pairs), len({b for _, b in pairs}))

    def test_longitudes_and_latitudes_agree_with_scikit_learns_haversine_tree(self):
        generator = numpy.random.default_rng(7)
        # Around Britain, across the antimeridian, around a pole.
        lon = numpy.concatenate([generator.normal(-1.5, 2.0, 2000), generator.normal(180.0, 1.0, 500),
                                 generator.uniform(-180.0, 180.0, 500)]).round(4)
        lon = (lon + 180.0) % 360.0 - 180.0
        lat = numpy.concatenate([generator.normal(53.0, 1.0, 2000), generator.normal(-17.0, 1.0, 500),
                                 90.0 - numpy.abs(generator.normal(0.0, 1.0, 500))]).round(4)
        points = numpy.radians(numpy.column_stack([lat, lon]))
        file = self.write("points.csv", ["lon", "lat"], zip(lon, lat))
        as_columns = ("--lon", "lon", "--lat", "lat")
        as_crs = ("--x", "lon", "--y", "lat", "--crs", "epsg:4326")
        for eps, min_points, columns in ((5_000, 5, as_columns), (20_000, 10, as_crs)):
            done = run(file, *columns, "--eps", eps, "--min-points", min_points,
                       "-o", self.path / "labels.csv")
            self.assertEqual(done.returncode, 0, done.stderr)
            judge = DBSCAN(eps=eps / EARTH_M, min_samples=min_points, metric="haversine",
                           algorithm="ball_tree").fit(points)
            judge_core = numpy.zeros(len(points), dtype=bool)
            judge_core[judge.core_sample_indices_] = True
            self.assert_same_clusters(judge.labels_, judge_core)
            near = BallTree(points, metric="haversine").query_radius(
                points, eps / EARTH_M, count_only=True)
            numpy.testing.assert_array_equal(self.labels()[1], near >= min_points)
            self.assertEqual(json.loads(done.stdout)["distance"], "great circle")

    def test_hdbscan_tells_strength_and_outlier_score(self):
        generator = numpy.random.default_rng(3)
        points = numpy.concatenate([generator.normal(0, 100, (60, 2)),
                                    generator.normal(5000, 100, (60, 2)), [[60_000, 60_000]]])
        file = self.write("points.csv", ["x", "y"], points)
        done = run(file, "--x", "x", "--y", "y", "--method", "hdbscan", "--min-cluster-size", 10,
                   "--min-samples", 5, "--cluster-selection-method", "eom",
                   "-o", self.path / "labels.csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        with (self.path / "labels.csv").open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        self.assertEqual(list(rows[0]), ["label", "strength", "outlier_score"])
        self.assertEqual(json.loads(done.stdout)["clusters"], 2)
        self.assertEqual(rows[-1]["label"], "-1")
        self.assertEqual(float(rows[-1]["strength"]), 0.0)
        self.assertGreater(float(rows[-1]["outlier_score"]), 0.9)
        for row in rows:
            self.assertTrue(0.0 <= float(row["strength"]) <= 1.0)
            self.assertTrue(0.0 <= float(row["outlier_score"]) <= 1.0)
        narrow = run(file, "--x", "x", "--y", "y", "--method", "hdbscan", "--max-extent", 1,
                     "-o", self.path / "labels.csv")
        self.assertEqual(json.loads(narrow.stdout)["clusters"], 0)
        one = run(file, "--x", "x", "--y", "y", "--method", "hdbscan", "--min-samples", 5,
                  "--cluster-selection-method", "leaf", "--cluster-selection-epsilon", 500,
                  "-o", self.path / "labels.csv")
        self.assertEqual(json.loads(one.stdout)["clusters"], 2)

    def test_relative_finds_the_village_of_one_trade_and_not_the_town(self):
        generator = numpy.random.default_rng(1)
        town = generator.uniform(0, 4000, (4000, 2))
        village = generator.uniform(50_000, 50_500, (40, 2))
        everyone = self.write("all.csv", ["x", "y"], numpy.concatenate([town, village]))
        file = self.write("points.csv", ["x", "y"], numpy.concatenate([town[::20], village[::2]]))
        arguments = (file, "--x", "x", "--y", "y", "--method", "relative",
                     "-o", self.path / "labels.csv")
        done = run(*arguments, "--background", everyone)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.labels()[0].tolist(), [-1] * 200 + [0] * 20)
        without = run(*arguments)
        self.assertEqual(without.returncode, 2)
        self.assertIn("--background", without.stderr)

    def test_a_call_without_points_names_the_help_that_can_be_called(self):
        done = run()
        self.assertEqual(done.returncode, 2)
        called = done.stderr.splitlines()[-1].split(" --help")[0].split()
        self.assertEqual(called[-1], "cluster")
        self.assertEqual(subprocess.run([*called, "--help"], capture_output=True).returncode, 0)

    def test_a_wrong_call_says_what_to_give(self):
        file = self.write("points.csv", ["lon", "lat", "x"], [(1, 2, 3), (200, 0, 1)])
        cases = [
            (("--x", "x"), 2, "both --x and --y"),
            ((), 2, "--lon and --lat"),
            (("--x", "x", "--y", "x", "--lon", "lon"), 2, "not both"),
            (("--lon", "lon", "--lat", "lat", "--crs", "EPSG:27700"), 2, "EPSG:4326"),
            (("--lon", "lon", "--lat", "lat"), 1, 'field "lon", value "200"'),
            (("--x", "x", "--y", "x", "--method", "optics"), 2, "optics"),
            (("--x", "x", "--y", "x", "--max-extent", "5"), 2, "for hdbscan"),
            (("--x", "x", "--y", "x", "--method", "hdbscan", "--eps", "5"), 2, "dbscan, relative"),
            (("--x", "x", "--y", "x", "--method", "hdbscan", "--min-cluster-size", "1"), 1,
             "min_cluster_size is 1"),
        ]
        for arguments, code, told in cases:
            done = run(file, *arguments, "-o", self.path / "labels.csv")
            self.assertEqual(done.returncode, code, (arguments, done.stderr))
            self.assertIn(told, done.stderr)

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

    def test_an_output_that_is_an_input_is_refused_through_links_too(self):
        file = self.write("points.csv", ["x", "y"], [(1, 2), (3, 4)])
        before = file.read_bytes()
        (self.path / "soft.csv").symlink_to(file)
        (self.path / "hard.csv").hardlink_to(file)
        (self.path / "free.csv.part").symlink_to(file)
        for output in ("points.csv", "soft.csv", "hard.csv", "free.csv"):
            done = run(file, "--x", "x", "--y", "y", "-o", self.path / output)
            self.assertEqual(done.returncode, 2, (output, done.stderr))
            self.assertIn("would overwrite the input", done.stderr)
            self.assertEqual(file.read_bytes(), before, output)
        other = self.write("other.csv", ["x", "y"], [(1, 2)])
        done = run(other, "--x", "x", "--y", "y", "--method", "relative", "--background", file, "-o", file)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(file.read_bytes(), before)

    def test_the_delimiter_is_found_or_given(self):
        rows = [(i, 0) for i in range(12)]
        for delimiter in ";\t|":
            file = self.path / "points.csv"
            file.write_text(delimiter.join(("id", "x", "y")) + "\n" + "".join(
                f"{delimiter.join(map(str, ('a', *row)))}\n" for row in rows), encoding="utf-8")
            for given in ((), ("--delimiter", "tab" if delimiter == "\t" else delimiter)):
                done = run(file, "--x", "x", "--y", "y", *given, "-o", self.path / "labels.csv")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(json.loads(done.stdout)["clusters"], 1)
        wrong = run(file, "--x", "x", "--y", "y", "--delimiter", ",", "-o", self.path / "labels.csv")
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("--delimiter", wrong.stderr)
        self.assertNotEqual(run(file, "--x", "x", "--y", "y", "--delimiter", "ab", "-o",
                                self.path / "labels.csv").returncode, 0)

    def test_a_file_without_points_has_the_same_columns(self):
        file = self.write("points.csv", ["x", "y"], [])
        for method, header in (("dbscan", "label,is_core"), ("hdbscan", "label,strength,outlier_score")):
            done = run(file, "--x", "x", "--y", "y", "--method", method, "-o", self.path / "labels.csv")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((self.path / "labels.csv").read_text(encoding="utf-8"), header + "\n")

    def test_longitude_and_latitude_that_are_swapped_are_told(self):
        for lon, lat in (("lon", "lat"), ("longitude", "latitude"), ("lon_deg", "lat_deg"), ("pc_long", "pc_lat")):
            file = self.write("points.csv", [lon, lat], [(-1.47, 53.38), (-1.48, 53.39)])
            done = run(file, "--lon", lat, "--lat", lon, "-o", self.path / "labels.csv")
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(f"Give --lon {lon} --lat {lat}", done.stderr)
            self.assertEqual(run(file, "--lon", lon, "--lat", lat, "-o", self.path / "labels.csv").returncode, 0)

    def test_a_number_that_is_none_is_told_as_every_other_fault(self):
        file = self.write("points.csv", ["x", "y"], [(1, 2)])
        done = run(file, "--x", "x", "--y", "y", "--eps", "abc", "-o", self.path / "labels.csv")
        self.assertEqual(done.returncode, 2)
        self.assertIn('icmap: --eps takes a number (value "abc")', done.stderr)

    def test_a_file_name_is_no_pattern(self):
        for name, rows in (("points[1].csv", [(0, 0), (1, 1), (5000, 0)]), ("points1.csv", [(0, 0)])):
            self.write(name, ["x", "y"], rows)
        done = run(self.path / "points[1].csv", "--x", "x", "--y", "y", "-o", self.path / "labels.csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["points"], 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
