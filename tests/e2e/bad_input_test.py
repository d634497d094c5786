#!/usr/bin/env python3
"""`icmap validate` and `icmap build` on every kind of bad input that docs/bad-input.md lists.

usage: bad_input_test.py ICMAP
Each case is a small project with one thing wrong; told is what the program must say of it.
"""
import csv
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

    def test_a_project_without_a_fault_is_sound(self):
        done = self.case.run("validate")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("0 rows rejected, 0 warnings", done.stdout)

    def test_byte_order_mark_crlf_and_dates_in_several_formats_are_no_fault(self):
        rows = [f"Dated {i},{20_000_000 + i},S1 2HE,Active,{date},62020 - IT"
                for i, date in enumerate(["2010-02-01", "1.2.10", "1 February 2010", "20100201"])]
        self.case.write("firms.csv", b"\xef\xbb\xbf" + "\r\n".join([FIRM_HEADER, *rows, ""]).encode())
        done = self.case.run("validate")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # ------------------------------------------------------------ files
    def test_a_missing_file(self):
        self.case.sources["firms"] = ("companies-house", "frims.csv")
        self.expect("project.toml:5: There is no file frims.csv", 'The folder has "firms.csv"', build=1)

    def test_an_empty_file(self):
        self.case.write("firms.csv", "")
        self.expect("firms.csv: The file is empty", "Download or export it again", build=1)

    def test_a_file_with_nothing_but_a_header(self):
        self.case.write("postcodes.csv", "pcds,lat,long\n")
        self.expect("postcodes.csv (postcodes), has no rows, only a header", build=0)

    def test_a_wrong_delimiter(self):
        self.case.write("firms.csv", "\n".join([FIRM_HEADER, *FIRMS, ""]).replace(",", ";"))
        self.expect("firms.csv:1: ", 'delimiter were ";"', 'Write delimiter = ";"', build=1)

    def test_a_missing_column_names_the_nearest(self):
        self.case.firms(header=FIRM_HEADER.replace("CompanyName", "CompanyNmae"))
        self.expect("firms.csv:1: ", "CompanyNmae", build=1)

    def test_a_mapping_to_a_column_that_is_not_there_names_the_nearest(self):
        self.case.write("own.csv", "Reg No,Trading Name,Main SIC\n1,A,62020\n")
        self.case.sources = {}
        self.case.more = ('[[source]]\nkind = "firms"\npath = "own.csv"\n[source.columns]\ncompany_number = "Reg No"\n'
                          'name = "Trading Nam"\nsic_codes = "MainSIC"\nturnover_gbp = "1000 * Turnover"\n')
        said = self.expect('project.toml:10: There is no column "Trading Nam" in own.csv',
                           'field "source.columns.name", value "Trading Nam"', 'Did you mean "Trading Name"?',
                           'project.toml:11: There is no column "MainSIC"', 'Did you mean "Main SIC"?',
                           'project.toml:12: There is no column "Turnover"', build=1)
        self.assertNotRegex(said, "Parser Error|Binder Error|FROM clause|LINE 1")

    def test_an_unclosed_quote(self):
        self.case.firms('"Open,20000001,S1 2HE,Active,01/02/2010,62020')
        self.expect("firms.csv:2: ", "never closed", "Close or double the quote", build=1)

    # ------------------------------------------------------------ rows
    def test_bytes_that_are_no_text(self):
        self.case.write("firms.csv", "\n".join([FIRM_HEADER, "N\0L" + FIRMS[0][6:], *FIRMS[1:], ""]))
        self.expect("firms.csv:2: ", "nul_byte in name")
        self.case.write("firms.csv", ("\n".join([FIRM_HEADER, *FIRMS]) + "\nCaf").encode() + b"\xe9,9,,,,\n")
        self.expect("firms.csv:42: The row is not UTF-8", 'encoding = "latin-1"',
                    r'(field "CompanyName", value "Caf\xE9")', build=0)

    def test_a_field_of_ten_megabytes(self):
        self.case.firms('"' + "x" * 10_000_000 + '",20000001,S1 2HE,Active,01/02/2010,62020')
        self.expect("firms.csv:2: The row is longer than", "Look for a missing quote", 'field "CompanyName"', build=0)

    def test_an_impossible_date(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,31/02/2010,62020 - IT")
        self.expect('firms.csv:2: "31/02/2010" is no date that exists', 'field "incorporated"', build=0)

    def test_a_date_after_the_day_of_the_project(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,02/11/2024,62020 - IT")
        self.expect("1 value of incorporated lies after as_of (2024-11-01)", "2024-11-02 of 20000001", build=0)

    def test_a_company_number_that_is_there_already(self):
        self.case.firms(FIRMS[3])
        self.expect('firms.csv:6: ', 'field "company_number", value "10000003"', build=0)

    def test_an_unknown_sic_code(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,01/02/2010,7499 - Old")
        self.expect('firms.csv:2: "7499 - Old" is no SIC 2007 code: four digits are a code of SIC 2003',
                    'field "sic_codes"', "1 × sic_2003", build=0)
        self.case.firms("Odd,20000001,S1 2HE,Active,01/02/2010,99998", "Odd,20000002,S1 2HE,Active,01/02/2010,62999",
                        "Shell,20000003,S1 2HE,Active,01/02/2010,99999 - Dormant Company")
        self.expect('firms.csv:2: "99998" is no SIC 2007 code', 'firms.csv:3: "62999" is no SIC 2007 code',
                    "2 × unknown_sic in sic_codes")

    def test_years_of_two_digits(self):
        self.case.firms("Odd,20000001,S1 2HE,Active,04/03/11,62020 - IT", "Odd,20000002,S1 2HE,Active,31-12-99,62020")
        done = self.case.run("validate")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_postcode_without_a_position_or_at_zero(self):
        self.case.postcodes("S1 1AB,,", "S1 1AC,0,0")
        self.expect("postcodes.csv:2: ", "2 × postcode_without_position", "postcodes.csv:3: ", build=0)

    def test_positions_that_cannot_be(self):
        self.case.postcodes("S1 1AB,-1.47,53.38", "S1 1AC,12.0,-1.47", "S1 1AD,NaN,-1.47")
        self.expect("postcodes.csv:2: ", "position_swapped", "postcodes.csv:3: ", "position_out_of_range",
                    'postcodes.csv:4: "NaN" is no latitude', build=0)

    def test_employees_that_are_a_year(self):
        self.case.sources["accounts"] = ("companies-house-accounts", "accounts.csv")
        self.case.write("accounts.csv", "CompanyNumber,enddate,Employees_thisyear\n10000001,31.3.24,2023\n")
        self.expect("accounts.csv:2: 2023 employees is most likely a year", 'value "2023"', build=0)

    def test_a_polygon_that_crosses_itself(self):
        self.case.sources["areas"] = ("table", "areas.geojson")
        self.case.write("areas.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"code":"B","name":"Bow tie","level":"region"},"geometry":{"type":"Polygon",
"coordinates":[[[-2,53],[-1,54],[-1,53],[-2,54],[-2,53]]]}}]}""")
        self.expect("areas.geojson, record 1: The geometry was not valid and has been mended", build=0)

    def test_numbers_that_are_none_cost_the_row_only_where_it_is_worth_nothing_without(self):
        self.case.sources |= {kind: ("table", f"{kind}.csv") for kind in (
            "places", "assets", "participations", "deals", "accounts", "sites")}
        self.case.sources["accounts"] = ("companies-house-accounts", "accounts.csv")
        self.case.write("places.csv", "name,lon_deg,lat_deg\n" + "Town,-1.47,53.38\n" * 60 +
                        "Nowhere,NaN,53.3\nFar,-1.4,inf\nBoth,nan,-Infinity\n")
        self.case.write("assets.csv", "name,lon_deg,lat_deg\nA,NaN,53.3\nB,-1.4,inf\nC,-1.4,53.3\n")
        self.case.write("participations.csv", "project_reference,funder,organisation,award_gbp,lon_deg,lat_deg\n"
                        "1,UKRI,A,NaN,NaN,NaN\n2,UKRI,B,inf,-1.4,53.3\n")
        self.case.write("deals.csv", "company,amount_gbp,amount\nA,nan,1\nB,1,-inf\n")
        self.case.write("accounts.csv", "CompanyNumber,enddate,Employees_thisyear\n10000001,31.3.24,NaN\n"
                        "10000002,31.3.24,inf\n10000003,31.3.24,12\n")
        self.case.write("sites.csv", "company_number,postcode,lon_deg,lat_deg\n"
                        "10000001,S1 2HE,NaN,inf\n" + "10000002,S1 2HE,,\n" * 60 + "10000003,,NaN,53\n")
        self.expect('places.csv:62: "NaN" is no longitude', 'places.csv:63: "inf" is no latitude',
                    "rows      63 read, 60 kept, 3 rejected", "rows      3 read, 3 kept, 0 rejected",
                    'assets.csv:2: "NaN" is no longitude', 'participations.csv:2: "NaN" is no number',
                    'deals.csv:3: "-inf" is no number', 'accounts.csv:2: "NaN" is no whole number',
                    'accounts.csv:3: "inf" is no whole number', "sites.csv:63: ",
                    "rows      62 read, 61 kept, 1 rejected", build=0)

    def test_places_without_columns_for_their_position(self):
        self.case.sources["places"] = ("table", "places.csv")
        self.case.write("places.csv", "name,longitude,latitude\nTown,-1.47,53.38\n")
        self.expect("places.csv:1: 2 columns are missing: lon_deg", "lat_deg", build=1)

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
    unittest.main(argv=sys.argv[:1], verbosity=2)
