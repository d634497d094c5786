#!/usr/bin/env python3
"""`icmap validate` on settings that are wrong, and on several faults together.

usage: bad_settings_test.py ICMAP
What is told is what the program must say of it.
"""
import csv
import subprocess

from bad_input import BadInput, FIRM_HEADER, FIRMS, ICMAP, SETTINGS, main


class BadSettings(BadInput):
    # ------------------------------------------------------------ all of it in one go
    def test_no_fault_hides_another(self):
        self.case.settings += "[cluster]\neps_m = 0\nmin_points = 0\n"
        self.case.sources["postcodes"] = ("onspd", "postcode.csv")
        self.case.firms("Odd,20000001,S1 2HE,Active,01/02/2010,7499 - Old")
        self.expect("project.toml:6: eps_m must be", "project.toml:7: min_points must be",
                    "There is no file postcode.csv", 'firms.csv:2: "7499 - Old" is no SIC', build=1)

    def test_taxonomies_settings_and_files_are_told_together(self):
        self.case.write("own.toml", '[[sector]]\nname = "Mine"\nsic = ["1"]\ndefinition = "d"\nsource = "s"\n')
        self.case.settings += '[cluster]\neps_m = 0\n[sectors]\ntaxonomies = ["own.toml", "tecnology"]\n'
        self.case.sources["postcodes"] = ("onspd", "postcode.csv")
        self.expect("project.toml:6: eps_m must be", "project.toml:8: There is no such taxonomy",
                    'Did you mean "technology"?', "own.toml:3: ", "There is no file postcode.csv", build=1)

    def test_a_sector_that_does_not_exist_has_a_nearest_one(self):
        self.case.settings = SETTINGS + '[sectors]\nonly = ["spce"]\n'
        self.expect("project.toml:6: There is no such sector", 'value "spce"', 'Did you mean "space"?', build=1)

    def test_the_crs_and_files_are_told_together(self):
        self.case.settings = SETTINGS.replace("EPSG:27700", "EPSG:99999") + '[sectors]\nonly = ["no-such"]\n'
        self.case.sources["postcodes"] = ("onspd", "postcode.csv")
        self.expect("project.toml:3: ", "EPSG:99999", 'project.toml:6: There is no such sector',
                    "There is no file postcode.csv", build=1)

    def test_a_source_that_cannot_be_read_does_not_keep_the_others_from_it(self):
        self.case.more = '[[source]]\nkind = "frims"\npath = "x.csv"\nencoding = "ebcdic"\n'
        self.case.firms("Odd,20000001,S1 2HE,Active,31/02/2010,62020 - IT")
        self.expect("project.toml:14: ", 'value "frims"', "project.toml:16: The encoding is not known",
                    'firms.csv:2: "31/02/2010" is no date', "1 further source not read", build=1)

    def test_all_missing_columns_of_a_file_are_told_at_once(self):
        self.case.firms(header=FIRM_HEADER.replace("CompanyName", "Titel").replace("CompanyNumber", "CompNumber"))
        self.expect("firms.csv:1: 2 columns are missing: ", "CompanyName, which name is made of",
                    'CompanyNumber, which company_number is made of (is it "CompNumber"?)', build=1)

    # ------------------------------------------------------------ what is merged, and what is empty
    def test_rows_that_are_merged_are_told(self):
        self.case.firms(*[FIRMS[3]] * 5)
        self.case.sources["firms"] = ("companies-house", 'firms.csv"\none_per = "company_number')
        done = self.case.run("validate")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("45 read, 45 kept (merged into 40), 0 rejected", done.stdout)
        built = self.case.run("build", "-o", "case.atlas", options=())
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertIn("45 kept (merged into 40)", built.stderr)
        self.assertIn("(47 kept, merged into 42 records, 0 rejected)", built.stderr)
        subprocess.run([ICMAP, "export", "case.atlas", "--layer", "sources", "-o", "sources.csv", "--quiet"],
                       cwd=self.case.folder, check=True)
        with (self.case.folder / "sources.csv").open(encoding="utf-8") as stream:
            firms = next(row for row in csv.DictReader(stream) if row["kind"] == "firms")
        self.assertEqual((firms["rows_kept"], firms["records"]), ("45", "40"))

    def test_areas_that_are_given_twice(self):
        square = """{"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"code":"B","name":"Box","level":"region"},"geometry":{"type":"Polygon",
"coordinates":[[[-2,53],[-1,53],[-1,54],[-2,54],[-2,53]]]}}]}"""
        for name in ("one.geojson", "two.geojson"):
            self.case.write(name, square)
            self.case.more += f'[[source]]\nkind = "areas"\npath = "{name}"\n'
        told = "1 of 1 area in source 4, two.geojson, is given twice"
        self.expect(told, "two.geojson, record 1: ", 'set one_per = "level, code"', build=1)
        self.case.more = self.case.more.replace('.geojson"', '.geojson"\none_per = "level, code"')
        self.expect("1 kept (merged into 0)", told)
        built = self.case.run("build", "-o", "case.atlas", options=())
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertIn(f"warning: {told}", built.stderr)

    def test_rows_merged_by_a_field_that_does_not_exist(self):
        self.case.sources["firms"] = ("companies-house", 'firms.csv"\none_per = "number')
        self.expect("project.toml:9: firms have no field number", "They have: company_number", build=1)

    def test_a_sector_without_a_firm_is_a_note_of_the_build_and_no_fault(self):
        built = self.case.run("build", "-o", "case.atlas", options=())
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertRegex(built.stderr, r"No firm is in [0-9]+ of [0-9]+ sectors: ")

    def test_hints_name_the_program_as_it_was_called(self):
        self.case.firms(FIRMS[3])
        built = self.case.run("build", "-o", "case.atlas", options=())
        hint = f"{ICMAP} export case.atlas --layer rejects -o rejects.csv"
        self.assertIn(hint, built.stderr)
        self.assertEqual(subprocess.run(hint.split(), cwd=self.case.folder, check=False).returncode, 0)

    # ------------------------------------------------------------ settings
    def test_a_crs_that_is_unknown_or_geographic(self):
        for crs in ("EPSG:99999", "EPSG:4326", ""):
            self.case.settings = SETTINGS.replace("EPSG:27700", crs)
            self.expect("project.toml:3: ", f'field "project.crs", value "{crs}"' if crs else "empty", build=1)

    def test_an_eps_that_is_no_radius(self):
        for eps in ("0", "-5", "1e9"):
            self.case.settings = SETTINGS + f"[cluster]\neps_m = {eps}\n"
            self.expect("project.toml:6: eps_m must be a number of metres", 'field "cluster.eps_m"',
                        "The default is 1000", build=1)

    def test_a_sector_that_does_not_exist(self):
        self.case.settings = SETTINGS + '[sectors]\nonly = ["advanced-manufactring"]\n'
        self.expect("advanced-manufactring", build=1)

    def test_a_taxonomy_that_is_not_right(self):
        self.case.write("own.toml", '[[sector]]\nname = "Mine"\nsic = ["1"]\ndefinition = "d"\nsource = "s"\n')
        self.case.settings = SETTINGS + '[sectors]\ntaxonomies = ["own.toml"]\n'
        self.expect("own.toml:3: ", build=1)

    def test_settings_that_do_not_exist(self):
        self.case.settings = SETTINGS + "[evidence]\nwindow = 10\n[measures]\nseed = 3\n"
        self.expect("project.toml:6: There is no such setting", "Did you mean window_years?",
                    'field "measures"', build=1)

    def test_outlines_that_could_leave_members_outside(self):
        self.case.settings += "[outline]\ngrid_m = 500\n"
        self.expect("project.toml:6: buffer_m = 250 is too small for grid_m = 500 and simplify_m = 50",
                    'field "outline.grid_m", value "500"', "Write buffer_m = 413 or more", build=1)
        self.case.settings = SETTINGS + "[outline]\ngrid_m = 250\nbuffer_m = 0\n"
        self.expect("project.toml:7: buffer_m = 0 is too small", 'field "outline.buffer_m"', build=1)
        self.case.settings = SETTINGS + "[outline]\ngrid_m = 500\nbuffer_m = 413\n"
        done = self.case.run("validate")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_date_with_something_stuck_to_it(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,2010-02-011,62020 - IT")
        self.expect('firms.csv:2: "2010-02-011" is no date that exists', 'field "incorporated"', build=0)


if __name__ == "__main__":
    main()
