#!/usr/bin/env python3
"""Opens every file that `icmap export` writes with another program and counts.

usage: exports_test.py ICMAP MAKE_TINY_ATLAS
Judges: ogrinfo (GDAL), openpyxl, zipfile with an XML parser, csv and json of Python.
"""
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl

ICMAP, MAKE_TINY_ATLAS = sys.argv[1:3]
PUBLISHED_COLUMNS = [
    "Sector", "Cluster", "Site_Count", "Enterprise_Count", "Employment", "Turnover", "RD&I_Active",
    "Percentage_Innovation_Active", "Percentage_IUK_or_UKRI_Engagement", "Percentage_with_Patent",
    "IUK_Funding", "UKRI_Funding",
    "Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2019-20",
    "Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2020-21",
    "Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2021-22",
    "Percentage_of_sector_business_locations_in_clusters",
    "Percentage_of_business_locations_in_sector", "Sector_Type", "Geometry", "LA1", "LA2", "LA3",
    "Frontier_Sector_Flag", "Industrial_Strategy_Parent_Sector", "Collaboration_in_IUK_Data",
]


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = Path(cls.folder.name)
        cls.atlas = cls.path / "tiny.atlas"
        subprocess.run([MAKE_TINY_ATLAS, cls.atlas], check=True)
        cls.counts = {}
        cls.unplaced = {}
        cls.export("sectors.csv", "--layer", "sectors")
        cls.export("sources.xlsx", "--layer", "sources")
        for layer in ("clusters", "firms", "members", "institutions", "areas", "mass_registration"):
            rows = list(csv.DictReader(io.StringIO(cls.export(f"{layer}.csv", "--layer", layer)
                                                   .read_text(encoding="utf-8"))))
            cls.counts[layer] = len(rows)
            cls.unplaced[layer] = sum(1 for row in rows if row.get("lon_deg") == "")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def export(cls, name, *options):
        file = cls.path / name
        subprocess.run([ICMAP, "export", cls.atlas, "-o", file, *options, "--quiet"], check=True)
        return file

    def ogr_count(self, file, layer):
        told = subprocess.run(["ogrinfo", "-ro", "-so", file, layer], check=True,
                              capture_output=True, text=True).stdout
        self.assertIn("4326" if file.suffix != ".xlsx" else "", told)
        return int(re.search(r"Feature Count: (\d+)", told).group(1))

    def test_every_layer_has_rows(self):
        for layer, count in self.counts.items():
            self.assertGreater(count, 0, layer)

    def test_gdal_counts_the_same_rows_in_each_format(self):
        for layer, count in self.counts.items():
            for extension in ("gpkg", "geojson", "fgb"):
                file = self.export(f"{layer}.{extension}", "--layer", layer)
                left_out = 0
                if extension == "fgb":  # cannot hold rows without a position, and says so
                    about = Path(f"{file}.about.txt").read_text(encoding="utf-8")
                    told = re.search(r"Left out: (\d+) rows? without", about)
                    left_out = int(told.group(1)) if told else 0
                    self.assertEqual(left_out, self.unplaced[layer])
                self.assertEqual(self.ogr_count(file, layer), count - left_out, file.name)

    def test_cluster_outlines_are_valid_polygons_for_gdal(self):
        file = self.export("outlines.gpkg")
        told = subprocess.run(
            ["ogrinfo", "-ro", "-q", file, "-dialect", "SQLite", "-sql",
             "select sum(st_isvalid(geometry)) as valid, count(*) as n from clusters"],
            check=True, capture_output=True, text=True).stdout
        valid = int(re.search(r"valid \(\w+\) = (\d+)", told).group(1))
        self.assertEqual(valid, self.counts["clusters"])

    def test_layers_say_what_their_geometries_are(self):
        for layer, kind in (("clusters", "Multi Polygon"), ("areas", "Multi Polygon"), ("members", "Point")):
            for extension in ("gpkg", "fgb"):  # GeoJSON has a type a feature, none of the whole
                file = self.export(f"typed.{extension}", "--layer", layer)
                told = subprocess.run(["ogrinfo", "-ro", "-so", file, layer], check=True,
                                      capture_output=True, text=True).stdout
                self.assertIn(f"Geometry: {kind}\n", told, file.name)

    def test_geojson_says_where_it_comes_from_and_that_it_is_example_data(self):
        collection = json.loads(self.export("about.geojson").read_text(encoding="utf-8"))
        self.assertIn("Example data", collection["description"])
        self.assertIn("OGL-UK-3.0", collection["description"])
        self.assertEqual(len(collection["features"]), self.counts["clusters"])

    def test_csv_has_its_about_file_beside_it(self):
        about = (self.path / "clusters.csv.about.txt").read_text(encoding="utf-8")
        self.assertIn("Example data", about)
        self.assertIn("GeoNames, CC BY 4.0", about)

    def test_every_row_of_a_csv_says_whose_data_it_is(self):
        for layer in self.counts:
            with (self.path / f"{layer}.csv").open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    self.assertTrue(row["data_source"].startswith("Example data, made up: "), row)
                    self.assertIn("OGL-UK-3.0", row["data_licence"])

    def test_no_name_becomes_a_formula(self):
        names = ["of:=1+1", "=1+1", "@SUM(1)", "-2+3", "+1"]
        changes = self.path / "names.sql"
        changes.write_text("".join(f"update firm set name = '{name}' where firm_id = {i};"
                                   for i, name in enumerate(names)), encoding="utf-8")
        atlas = self.path / "names.atlas"
        subprocess.run([MAKE_TINY_ATLAS, atlas, changes], check=True)
        for extension, part in (("xlsx", "xl/worksheets/sheet1.xml"), ("ods", "content.xml")):
            file = self.path / f"names.{extension}"
            subprocess.run([ICMAP, "export", atlas, "-o", file, "--layer", "firms", "--quiet"], check=True)
            with zipfile.ZipFile(file) as archive:
                content = archive.read(part).decode()
            self.assertNotIn("<f>", content)
            # GDAL writes a boolean of an ODS as one.
            formulas = set(re.findall(r'table:formula="([^"]*)"', content))
            self.assertLessEqual(formulas, {"of:=TRUE()", "of:=FALSE()"})
        file = self.path / "names.csv"
        subprocess.run([ICMAP, "export", atlas, "-o", file, "--layer", "firms", "--quiet"], check=True)
        with file.open(encoding="utf-8", newline="") as stream:
            told = [row["name"] for row in csv.DictReader(stream)][:len(names)]
        self.assertEqual(told, ["of:=1+1"] + ["'" + name for name in names[1:]])

    def test_a_workbook_opens_in_openpyxl_with_the_same_rows(self):
        book = openpyxl.load_workbook(self.export("firms.xlsx", "--layer", "firms"))
        self.assertEqual(book["firms"].max_row - 1, self.counts["firms"])
        about = "\n".join(str(row[0].value) for row in book["About"].iter_rows())
        self.assertIn("Example data", about)

    def test_the_published_schema_has_exactly_its_25_columns_in_csv(self):
        file = self.export("published.csv", "--schema", "dsit-v2")
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        self.assertEqual(rows[0], PUBLISHED_COLUMNS)
        self.assertEqual(len(rows) - 1, self.counts["clusters"])
        geometry = PUBLISHED_COLUMNS.index("Geometry")
        for row in rows[1:]:
            self.assertRegex(row[geometry], r"^(MULTI)?POLYGON ?\(\(")
            self.assertRegex(row[PUBLISHED_COLUMNS.index("Employment")], r"^([1-4]|\d*0)?$")
            self.assertIn(row[PUBLISHED_COLUMNS.index("Collaboration_in_IUK_Data")],
                          ("TRUE", "FALSE", "UNAVAILABLE"))
            for flag in ("RD&I_Active", "Frontier_Sector_Flag"):
                self.assertIn(row[PUBLISHED_COLUMNS.index(flag)], ("TRUE", "FALSE"))

    def test_the_published_schema_is_a_sound_ods_with_the_same_table(self):
        file = self.export("published.ods", "--schema", "dsit-v2")
        with zipfile.ZipFile(file) as archive:
            self.assertEqual(archive.testzip(), None)
            content = ElementTree.fromstring(archive.read("content.xml"))
        table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
        text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
        sheet = next(content.iter(f"{table}table"))
        rows = list(sheet.iter(f"{table}table-row"))
        header = ["".join(cell.itertext()).strip() for cell in rows[0].iter(f"{table}table-cell")]
        self.assertEqual(header, PUBLISHED_COLUMNS)
        self.assertEqual(len(rows) - 1, self.counts["clusters"])
        self.assertTrue(list(sheet.iter(f"{text}p")))
        with self.export("beside.csv", "--schema", "dsit-v2").open(encoding="utf-8") as stream:
            beside = [[self.plain(value) for value in row] for row in list(csv.reader(stream))[1:]]
        self.assertEqual([self.sheet_row(row) for row in rows[1:]], beside)

    @staticmethod
    def plain(text):
        """A number as a number: 1.0 and 1 are the same."""
        try:
            return float(text)
        except ValueError:
            return text

    def sheet_row(self, row):
        """The cells of a row of an ODS; a figure must be a number there."""
        office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
        table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
        values = []
        for cell in row.iter(f"{table}table-cell"):
            value = cell.get(f"{office}value")
            text = "".join(cell.itertext()).strip()
            times = int(cell.get(f"{table}number-columns-repeated", "1"))
            values += [text if value is None else float(value)] * times
        for column in ("Employment", "Turnover", "IUK_Funding", "UKRI_Funding",
                       "Percentage_of_business_locations_in_sector"):
            at = PUBLISHED_COLUMNS.index(column)
            kinds = [cell.get(f"{office}value-type")
                     for cell in row.iter(f"{table}table-cell")
                     for _ in range(int(cell.get(f"{table}number-columns-repeated", "1")))]
            self.assertIn((values[at] == "", kinds[at]), ((True, None), (False, "float")), column)
        return values

    def test_the_published_schema_says_the_same_in_a_workbook_and_for_gdal(self):
        with self.export("again.csv", "--schema", "dsit-v2").open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        book = openpyxl.load_workbook(self.export("again.xlsx", "--schema", "dsit-v2"))
        sheet = list(book["Innovation_clusters"].iter_rows(values_only=True))
        told = subprocess.run(
            ["ogrinfo", "-ro", "-q", self.export("again.ods", "--schema", "dsit-v2"),
             "Innovation_clusters"], check=True, capture_output=True, text=True).stdout
        for column in ("RD&I_Active", "Frontier_Sector_Flag", "Collaboration_in_IUK_Data"):
            words = [row[column] for row in rows]
            at = sheet[0].index(column)
            self.assertEqual([row[at] for row in sheet[1:]], words)
            self.assertEqual(re.findall(rf"{re.escape(column)} \(String\) = (\w+)", told), words)
        for column in ("Employment", "Turnover"):
            at = sheet[0].index(column)
            self.assertEqual([row[at] for row in sheet[1:]],
                             [int(row[column]) if row[column] else None for row in rows])

    def test_wrong_calls_say_what_would_be_right(self):
        cases = [
            (["--layer", "cluster"], 2, "clusters, firms, members"),
            (["--format", "shp"], 2, "gpkg, geojson"),
            (["--schema", "dsit-v2", "--layer", "firms"], 2, "--layer clusters"),
        ]
        for options, code, remedy in cases:
            done = subprocess.run([ICMAP, "export", self.atlas, "-o", self.path / "x.gpkg", *options],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, code, options)
            self.assertIn(remedy, done.stderr)
        done = subprocess.run([ICMAP, "export", self.atlas, "-o", "/nonexistent/x.gpkg"],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nonexistent/x.gpkg", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
