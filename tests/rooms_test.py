#!/usr/bin/env python3
"""The rooms are kept apart: who may include whom, and which third party is named where.

usage: rooms_test.py PROJECT_ROOT
"""
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(sys.argv[1])
VERBS = {"ingest", "locate", "link", "classify", "cluster", "outline", "describe", "publish", "tiles"}
# What a folder of src/ may include besides itself.
FOUNDATIONS = {"base", "geo", "store", "names"}
ALLOWED = {
    "base": set(),
    "geo": {"base"},
    "store": {"base"},
    "names": {"base", "store"},
    **{verb: FOUNDATIONS for verb in VERBS},
    "cluster": {"base"},
    "outline": {"base", "geo"},
    "tiles": {"base", "geo"},
    "demo": {"base"},
    "pipeline": FOUNDATIONS | VERBS,
    "serve": FOUNDATIONS | {"tiles", "cluster", "outline", "publish"},
}
# A third party is named in these folders only.
THIRD_PARTIES = {
    r"duckdb\.h": {"store"},
    r"proj\.h": {"geo"},
    r"geos_c\.h": {"geo", "demo"},  # demo draws Voronoi tiles, which nothing else needs
    r"(gdal|ogr)\w*\.h": {"ingest", "publish"},
    r"boost/.*": {"serve"},
    r"protozero/.*": {"tiles"},
    r"libdeflate\.h": {"serve"},
    r"cairo\.h": {"serve"},
    r"toml\+\+/.*": {"base"},  # base/toml.hpp is what the rooms read settings and tables with
}


def includes(file):
    for line in file.read_text(encoding="utf-8").splitlines():
        found = re.match(r'\s*#include\s+([<"])([^>"]+)[>"]', line)
        if found:
            yield found.group(2)


class Rooms(unittest.TestCase):
    def sources(self):
        for file in sorted((ROOT / "src").rglob("*.[ch]pp")):
            yield file, file.relative_to(ROOT / "src").parts[0]

    def test_no_room_includes_another_that_it_may_not(self):
        for file, folder in self.sources():
            if file.stem.endswith("_test"):
                continue
            for name in includes(file):
                other = name.split("/")[0]
                if other in ALLOWED and other != folder and "/" in name:
                    self.assertIn(other, ALLOWED[folder], f"{file.relative_to(ROOT)}: {name}")

    def test_a_third_party_stays_behind_its_door(self):
        for file, folder in self.sources():
            if file.stem.endswith("_test"):
                continue
            for name in includes(file):
                for pattern, rooms in THIRD_PARTIES.items():
                    if re.fullmatch(pattern, name):
                        self.assertIn(folder, rooms, f"{file.relative_to(ROOT)}: {name}")

    def test_every_folder_says_what_it_is_for(self):
        for folder in sorted(ALLOWED):
            self.assertTrue((ROOT / "src" / folder / "README.md").exists(), folder)

    def test_a_header_is_guarded_once(self):
        for file, _ in self.sources():
            if file.suffix == ".hpp":
                self.assertIn("#pragma once", file.read_text(encoding="utf-8"), file)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
