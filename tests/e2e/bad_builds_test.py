#!/usr/bin/env python3
"""What `icmap build` says and does where rows are wrong, and what only locating finds.

usage: bad_builds_test.py ICMAP
What is told is what the program must say of it.
"""
import subprocess

from bad_input import BadInput, FIRM_HEADER, FIRMS, ICMAP, SETTINGS, main


class BadBuilds(BadInput):
    # ------------------------------------------------------------ what a build says at its end
    def build(self, *arguments):
        done = self.case.run("build", "-o", "case.atlas", *arguments, options=())
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def test_a_build_tells_its_warnings_and_how_to_see_them(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,01/02/2010,7499 - Old", "Odd,20000002,S1 2HE,Active,31/02/2010,62020",
                        "Odd,20000003,S1 2HE,Active,01/02/2010,7487 - Old")
        said = self.build()
        self.assertIn("45 rows of 2 sources, 0 rejected, 3 warnings", said)
        self.assertIn("0 rejected, 3 warnings)", said)
        self.assertIn("3 warnings: 2 × sic_2003 in sic_codes, 1 × bad_date in incorporated", said)
        self.assertIn("--layer rejects -o rejects.csv", said)
        self.case.firms(FIRMS[3])
        self.assertIn("1 row rejected: 1 × duplicate_key in company_number", self.build())
        self.case.firms()
        self.assertNotIn("rejects", self.build())

    def test_sites_without_a_place_and_an_empty_register_are_loud(self):
        self.case.write("postcodes.csv", "pcds,lat,long\nS1 2HE,-1.47,53.38\nS1 1AA,-1.46,53.39\n")
        said = self.build()
        self.assertIn("WARNING: 0 of 40 sites located", said)
        self.assertIn("2 × position_swapped", said)
        self.case.postcodes()
        self.case.write("firms.csv", FIRM_HEADER + "\n")
        self.assertIn("WARNING: the register is empty", self.build())

    def test_what_a_project_lacks_and_what_auto_chose_are_told(self):
        self.case.settings = SETTINGS.replace("EPSG:27700", "auto")
        said = self.build()
        self.assertIn('No source of kind "places"', said)
        self.assertIn('No source of kind "areas"', said)
        self.assertRegex(said, r'crs = "auto" is \S+.* for these positions')

    def test_addresses_of_mass_registration_are_listed(self):
        self.case.settings += "[locate]\nmass_registration_firms = 30\n"
        said = self.build()
        self.assertIn("1 mass-registration address, 40 sites at it kept out of the clusters:", said)
        self.assertRegex(said, "S1 2HE +40 sites, 40 active firms")

    def test_a_radius_wider_than_the_data_is_told_or_refused(self):
        self.case.firms("Far,20000001,S1 1AA,Active,01/02/2010,62020")
        self.case.settings += "[cluster]\neps_m = 50000\n"
        done = self.case.run("build", "-o", "case.atlas")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("project.toml:6: eps_m = 50000 metres is more than all sites of the data lie apart", done.stderr)
        self.case.settings = SETTINGS
        self.case.write("postcodes.csv", "pcds,lat,long\nS1 2HE,53.38,-1.47\nS1 1AA,53.3801,-1.4701\n")
        self.assertIn("WARNING: eps_m = 1000 metres is more than all sites", self.build())

    def test_a_build_never_overwrites_what_it_reads(self):
        (self.case.folder / "link.csv").symlink_to("firms.csv")
        before = (self.case.folder / "firms.csv").read_bytes()
        for output in ("firms.csv", "link.csv", "project.toml", "postcodes.csv"):
            done = self.case.run("build", "-o", output)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("would overwrite the input", done.stderr)
        self.assertEqual(self.case.run("validate", "--rejects", "link.csv").returncode, 2)
        self.assertEqual((self.case.folder / "firms.csv").read_bytes(), before)
        self.build()
        atlas = (self.case.folder / "case.atlas").read_bytes()
        (self.case.folder / "same.csv").symlink_to("case.atlas")
        done = subprocess.run([ICMAP, "export", "case.atlas", "--layer", "firms", "-o", "same.csv"],
                              cwd=self.case.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual((self.case.folder / "case.atlas").read_bytes(), atlas)

    def test_a_folder_is_no_file(self):
        (self.case.folder / "parts").mkdir()
        self.case.sources["firms"] = ("companies-house", "parts")
        self.expect("parts is a folder, not a file", 'path = "folder/*.csv"', build=1)

    def test_a_negative_deal_is_told_once(self):
        self.case.sources["deals"] = ("crunchbase", "deals.csv")
        self.case.write("deals.csv", "org_name,announced_on,raised_amount,raised_amount_currency_code\nFirm 1,2020-01-01,-5,GBP\n")
        said = self.expect("1 × out_of_range in amount", build=0)
        self.assertNotIn("amount_gbp", said)

    def test_what_validate_reports_stands_before_its_error(self):
        self.case.firms(FIRMS[3])
        self.case.run("validate")
        done = subprocess.run(f"{ICMAP} validate project.toml --quiet 2>&1", shell=True, cwd=self.case.folder,
                              capture_output=True, text=True, check=False)
        self.assertTrue(done.stdout.splitlines()[-1].startswith("icmap: Something is wrong"), done.stdout)

    # ------------------------------------------------------------ what only locating finds
    def test_a_postcode_that_the_directory_does_not_know(self):
        self.case.firms("Odd,20000001,ZE9 9ZZ,Active,01/02/2010,62020", header=FIRM_HEADER)
        self.expect("firms.csv:2: The postcode is not in the directory", 'field "postcode", value "ZE9 9ZZ"',
                    "1 × postcode_unknown", build=0)
        done = subprocess.run([ICMAP, "export", "case.atlas", "--layer", "rejects", "-o", "r.csv", "--quiet"],
                              cwd=self.case.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("firms.csv,2,1,warning,postcode_unknown,postcode,ZE9 9ZZ", (self.case.folder / "r.csv").read_text("utf-8"))

    def test_an_area_that_is_no_polygon(self):
        self.case.sources["areas"] = ("table", "areas.geojson")
        self.case.write("areas.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"code":"B","name":"Line","level":"region"},"geometry":{"type":"LineString","coordinates":[[-2,53],[-1,54]]}}]}""")
        self.expect("areas.geojson, record 1: ", "geometry_unusable", "not a polygon", build=0)

    def test_positions_that_are_all_swapped_are_no_match(self):
        self.case.write("postcodes.csv", "pcds,lat,long\nS1 2HE,-1.47,53.38\nS1 1AA,-1.46,53.39\n")
        self.expect("0.0 %   0 of 40 firms with a postcode to which the postcode directory gives a place",
                    "0 of 40 sites located")

    def test_a_project_elsewhere_is_named_as_it_names_its_files(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,31/02/2010,62020")
        self.case.run("build", "-o", "case.atlas")
        listed = []
        for where, project in ((self.case.folder, "project.toml"), ("/", self.case.folder / "project.toml")):
            out = self.case.folder / f"r{len(listed)}.csv"
            done = subprocess.run([ICMAP, "validate", project, "--rejects", out, "--quiet"], cwd=where,
                                  capture_output=True, text=True)
            self.assertIn(f"{project.parent}/firms.csv:2:" if where == "/" else "firms.csv:2:", done.stdout)
            listed.append(out.read_text(encoding="utf-8"))
        self.assertEqual(*listed)
        self.assertIn(",firms.csv,2,", listed[0])

    # ------------------------------------------------------------ what a build does with rejects
    def test_more_rejects_than_allowed_stop_a_build_and_the_old_atlas_stays(self):
        self.assertEqual(self.case.run("build", "-o", "case.atlas").returncode, 0)
        before = (self.case.folder / "case.atlas").read_bytes()
        self.case.firms(*[",2000000" + str(i) + ",S1 2HE,Active,01/02/2010,62020" for i in range(8)])
        done = self.case.run("build", "-o", "case.atlas")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("8 of 48 rows rejected (16.7 %)", done.stderr)
        self.assertIn("firms.csv:2: ", done.stderr)
        self.assertEqual((self.case.folder / "case.atlas").read_bytes(), before)
        self.case.settings = SETTINGS + "[ingest]\nmax_reject_share = 0.2\n"
        self.assertEqual(self.case.run("build", "-o", "case.atlas").returncode, 0)

    def test_a_strict_build_takes_no_rejected_row(self):
        self.case.firms(FIRMS[3])
        self.assertEqual(self.case.run("build", "-o", "case.atlas").returncode, 0)
        strict = self.case.run("build", "-o", "strict.atlas", "--strict")
        self.assertEqual(strict.returncode, 1)
        self.assertIn("1 of 41 rows rejected", strict.stderr)
        self.assertIn("--strict takes no rejected row", strict.stderr)
        self.assertIn("\n  Mend the rows (", strict.stderr)
        self.assertNotIn("max_reject_share", strict.stderr)

    def test_a_strict_build_from_the_clusters_on_takes_no_row_that_was_rejected_before(self):
        self.case.firms(FIRMS[3])
        self.assertEqual(self.case.run("build", "-o", "case.atlas").returncode, 0)
        before = (self.case.folder / "case.atlas").read_bytes()
        strict = self.case.run("build", "-o", "case.atlas", "--strict", "--from", "cluster")
        self.assertEqual(strict.returncode, 1)
        self.assertIn("max_reject_share", strict.stderr)
        self.assertIn("Build without --from", strict.stderr)
        self.assertEqual((self.case.folder / "case.atlas").read_bytes(), before)

    def test_every_reject_comes_out_as_a_file(self):
        self.case.firms(*[f",2000000{i},S1 2HE,Active,01/02/2010,62020" for i in range(2)])
        done = self.case.run("validate", "--rejects", "rejects.csv")
        self.assertEqual(done.returncode, 1)
        listed = (self.case.folder / "rejects.csv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(listed), 3, listed)
        self.case.run("build", "-o", "case.atlas")
        out = subprocess.run([ICMAP, "export", "case.atlas", "--layer", "rejects", "-o", "out.csv"],
                             cwd=self.case.folder, capture_output=True, text=True)
        self.assertEqual(out.returncode, 0, out.stderr)
        self.assertEqual(len((self.case.folder / "out.csv").read_text(encoding="utf-8").splitlines()), 3)

    def test_warnings_can_be_allowed(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,01/02/2010,7499 - Old")
        self.assertEqual(self.case.run("validate", "--allow-warnings").returncode, 0)
        self.case.firms(FIRMS[3])
        self.assertEqual(self.case.run("validate", "--allow-warnings").returncode, 1)


if __name__ == "__main__":
    main()
