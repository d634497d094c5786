#!/usr/bin/env python3
"""`icmap validate` and `icmap build` on files and rows that are wrong.

usage: bad_files_test.py ICMAP
What is told is what the program must say of it.
"""
from bad_input import BadInput, FIRM_HEADER, FIRMS, main


class BadFiles(BadInput):
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


if __name__ == "__main__":
    main()
