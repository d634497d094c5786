#!/usr/bin/env python3
"""Writes tiny_atlas.sql: a small believable atlas for the tests of serve, publish and the page.

Towns and area names are real, borders are boxes, firms, people's money and projects are made up
(company numbers start with ZZ, which no register uses). Needs only Python and gdaltransform:

    tests/worlds/make_tiny_atlas.py > tests/worlds/tiny_atlas.sql
"""
import json
import math
import random
import struct
import subprocess

rng = random.Random(20241101)
AS_OF = "2024-11-01"
rows = {}  # table -> list of tuples, written in the order of first use


def put(table, *values):
    rows.setdefault(table, []).append(values)


class Raw(str):
    """SQL that is written as it is."""


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, Raw):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(literal(v) for v in value) + "]"
    return "'" + value.replace("'", "''") + "'"


# ------------------------------------------------------------------ geometry
KM_LAT = 1 / 111.2


def km_lon(lat):
    return 1 / (111.32 * math.cos(math.radians(lat)))


def wkb(rings):
    out = struct.pack("<BII", 1, 3, len(rings))
    for ring in rings:
        out += struct.pack("<I", len(ring))
        for x, y in ring:
            out += struct.pack("<dd", x, y)
    return Raw("unhex('" + out.hex().upper() + "')")


def box_ring(w, s, e, n):
    return [(w, s), (e, s), (e, n), (w, n), (w, s)]


def hull(points):
    points = sorted(set(points))

    def half(sequence):
        chain = []
        for p in sequence:
            while len(chain) > 1 and (chain[-1][0] - chain[-2][0]) * (p[1] - chain[-2][1]) <= (
                chain[-1][1] - chain[-2][1]
            ) * (p[0] - chain[-2][0]):
                chain.pop()
            chain.append(p)
        return chain[:-1]

    ring = half(points) + half(points[::-1])
    return ring + [ring[0]]


def outline(places, reach_km=0.6):
    around = []
    for lon, lat in places:
        for k in range(12):
            a = 2 * math.pi * (k + 0.5) / 12
            around.append(
                (
                    round(lon + reach_km * math.cos(a) * km_lon(lat), 5),
                    round(lat + reach_km * math.sin(a) * KM_LAT, 5),
                )
            )
    return hull(around)


def distance_km(a, b):
    return math.hypot((a[0] - b[0]) / km_lon(53.4), (a[1] - b[1]) / KM_LAT)


def area_km2(ring):
    lat = sum(p[1] for p in ring) / len(ring)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    return round(abs(twice) / 2 / km_lon(lat) / KM_LAT, 3)


to_project = []  # (row list, index of the row, lon, lat): x_m, y_m are the last two of each


# ------------------------------------------------------------------ run, sources
for parameter, value in [
    ("project_name", "Tiny atlas"), ("is_example", "true"), ("engine_version", "0.1.0"),
    ("crs", "EPSG:27700"), ("as_of", AS_OF), ("disclosure", "open"), ("schema_version", "1"),
    ("cluster.method", "dbscan"), ("cluster.eps_m", "1000"), ("cluster.min_points", "10"),
    ("cluster.min_enterprises", "10"), ("evidence.window_years", "10"),
]:
    put("run", parameter, value)

OGL = "Contains public sector information licensed under the Open Government Licence v3.0"
SOURCES = [
    ("firms", "companies-house", "firms.csv", "Example register of companies", "OGL-UK-3.0", OGL, 124, 2),
    ("postcodes", "nspl", "postcodes.csv", "Example postcode directory", "OGL-UK-3.0", OGL, 62, 1),
    ("areas", "table", "areas.geojson", "Example areas", "OGL-UK-3.0", OGL, 10, 0),
    ("places", "geonames", "places.csv", "Populated places", "CC-BY-4.0", "Places: GeoNames, CC BY 4.0", 9, 0),
    ("projects", "gtr", "projects.csv", "Example research projects", "OGL-UK-3.0", OGL, 24, 0),
    ("participations", "gtr", "participations.csv", "Example participations", "OGL-UK-3.0", OGL, 61, 1),
    ("deals", "crunchbase", "deals.csv", "Example deals", "example", "Example data, made up", 14, 0),
]
for i, (kind, fmt, path, title, licence, attribution, kept, rejected) in enumerate(SOURCES):
    put("source", i, kind, fmt, path, title, licence, attribution,
        "https://example.org/" + path, "2024-11-01", kept + rejected, kept, rejected,
        kept - (1 if kind == "places" else 0),  # a town that two rows name
        4000 + 311 * i, f"{0x9E3779B97F4A7C15 * (i + 1) % 2**64:016x}")
put("reject", 0, "firms.csv", 17, 16, "CompanyNumber", "duplicate", "ZZ000015", "error",
    "The company number occurs twice; the first row was kept")
put("reject", 0, "firms.csv", 44, 43, "IncorporationDate", "date_impossible", "31/02/2019", "error",
    "There is no such date; correct it in the source")
put("reject", 0, "firms.csv", 58, 57, "Employees", "looks_like_year", "2023", "warning",
    "Employees that are a year; the value was left out")
put("reject", 1, "postcodes.csv", 9, 8, "lat", "position_out_of_range", "99.999999", "error",
    "The position is outside the British Isles; the postcode has no position")
put("reject", 5, "participations.csv", 30, 29, "project", "unknown_project", "EX/99", "error",
    "No project has this reference; add the project or drop the row")

# ------------------------------------------------------------------ areas, land, places
AREAS = [
    ("E12000003", "Yorkshire and The Humber", "region", None, box_ring(-2.3, 53.3, -0.1, 54.4)),
    ("E12000004", "East Midlands", "region", None, box_ring(-1.9, 52.4, 0.2, 53.3)),
    ("E47000002", "South Yorkshire", "combined_authority", "E12000003",
     [(-1.8, 53.3), (-1.12, 53.3), (-1.12, 53.5), (-0.87, 53.5), (-0.87, 53.66), (-1.38, 53.66),
      (-1.38, 53.62), (-1.8, 53.62), (-1.8, 53.3)]),
    ("E47000003", "West Yorkshire", "combined_authority", "E12000003", box_ring(-2.1, 53.62, -1.29, 53.97)),
    ("E08000016", "Barnsley", "lower_tier", "E47000002", box_ring(-1.8, 53.47, -1.38, 53.62)),
    ("E07000034", "Chesterfield", "lower_tier", "E12000004", box_ring(-1.55, 53.18, -1.3, 53.3)),
    ("E08000017", "Doncaster", "lower_tier", "E47000002", box_ring(-1.38, 53.5, -0.87, 53.66)),
    ("E08000035", "Leeds", "lower_tier", "E47000003", box_ring(-1.8, 53.7, -1.29, 53.95)),
    ("E08000018", "Rotherham", "lower_tier", "E47000002", box_ring(-1.38, 53.3, -1.12, 53.5)),
    ("E08000019", "Sheffield", "lower_tier", "E47000002", box_ring(-1.8, 53.3, -1.38, 53.47)),
]


def inside(ring, lon, lat):
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


for i, (code, name, level, parent, ring) in enumerate(AREAS):
    lon = (min(p[0] for p in ring) + max(p[0] for p in ring)) / 2
    lat = (min(p[1] for p in ring) + max(p[1] for p in ring)) / 2
    put("area", i, code, name, level, parent, round(lon, 4), round(lat, 4), wkb([ring]))
put("land", wkb([[(-2.9, 52.2), (0.1, 52.2), (0.35, 52.9), (0.05, 53.2), (0.2, 53.6), (-0.2, 54.2),
                  (-0.6, 54.6), (-2.9, 54.6), (-3.0, 53.4), (-2.9, 52.2)]]))
PLACES = [
    ("Sheffield", "city", 556500, 1.0, "Sheffield", -1.4659, 53.3811),
    ("Leeds", "city", 536280, 0.98, "Leeds", -1.5491, 53.8008),
    ("Doncaster", "city", 109805, 0.8, "Doncaster", -1.1331, 53.5228),
    ("Rotherham", "town", 109697, 0.78, "Rotherham", -1.3567, 53.4302),
    ("Barnsley", "town", 96888, 0.75, "Barnsley", -1.4797, 53.5526),
    ("Chesterfield", "town", 88483, 0.74, "Chesterfield", -1.4210, 53.2350),
    ("Catcliffe", "village", 2108, 0.3, "Rotherham", -1.3620, 53.3930),
    ("Tinsley", "suburb", None, 0.25, "Sheffield", -1.4090, 53.4110),
    ("Headingley", "suburb", 18000, 0.45, "Leeds", -1.5780, 53.8190),
]
for i, (name, kind, population, importance, district, lon, lat) in enumerate(PLACES):
    put("place", i, name, kind, population, importance, district, lon, lat, 0.0, 0.0)
    to_project.append(("place", i, lon, lat))
ASSETS = [
    ("University of Sheffield", "university", "S10 2TN", "https://www.sheffield.ac.uk", -1.4886, 53.3809),
    ("Sheffield Hallam University", "university", "S1 1WB", "https://www.shu.ac.uk", -1.4650, 53.3788),
    ("University of Leeds", "university", "LS2 9JT", "https://www.leeds.ac.uk", -1.5536, 53.8067),
    ("Example Forming Research Centre", "research_organisation", "S60 5WG", None, -1.3790, 53.3890),
    ("Example Royal Infirmary", "hospital", "LS1 3EX", None, -1.5530, 53.8020),
    ("Example Science Park", "science_park", None, None, None, None),
]
for i, (name, kind, postcode, website, lon, lat) in enumerate(ASSETS):
    put("asset", i, name, kind, postcode, website, "none" if lon is None else "unit", lon, lat,
        None if lon is None else 0.0, None if lon is None else 0.0)
    if lon is not None:
        to_project.append(("asset", i, lon, lat))

# ------------------------------------------------------------------ sectors
SECTORS = [
    ("advanced-manufacturing", "Advanced manufacturing", "industrial_strategy", None, False, "Advanced manufacturing",
     "Firms that make machinery, vehicles, aircraft, electronics and advanced materials."),
    ("advanced-materials", "Advanced materials", "frontier", 0, True, "Advanced manufacturing",
     "Firms that develop or make composites, ceramics, alloys and coatings with new properties."),
    ("life-sciences", "Life sciences", "industrial_strategy", None, False, "Life sciences",
     "Firms that make medicines, medical devices and diagnostics, or do research for them."),
    ("quantum", "Quantum technologies", "technology", None, True, "Digital and technologies",
     "Firms whose work names quantum computing, sensing, imaging or communication."),
    ("mining", "Mining and quarrying", "sic", None, False, None, "Firms with a SIC code of section B."),
]
for i, (slug, name, kind, parent, frontier, strategy, definition) in enumerate(SECTORS):
    put("sector", i, slug, name, kind, parent, frontier, strategy, definition,
        "Made for the tests, after the UK's Industrial Strategy definitions of 2025")

# ------------------------------------------------------------------ firms and sites
HEADS = ["Ferro", "Alto", "Nova", "Kinder", "Riven", "Calder", "Helio", "Mica", "Orbit", "Stan", "Dales",
         "Peak", "Loxley", "Don", "Aire", "Wharn", "Cobal", "Tung", "Zirc", "Plas", "Vect", "Lumen", "Prax", "Quill"]
TAILS = {
    "am": ["forge", "tool", "cast", "weld", "machining", "gear", "turbine", "axis"],
    "ls": ["bio", "med", "gen", "pharma", "cell", "scan", "cure", "diagnostics"],
    "q": ["qubit", "photon", "entangle", "quantum sensing", "cryo"],
    "bg": [" trading", " cafe", " consulting", " interiors", " motors", " lettings", " bakery", " logistics"],
}
SIC = {"am": ["28490", "25620", "30300", "26110"], "ls": ["21200", "72110", "32500"], "q": ["72190", "26511"],
       "bg": ["56102", "70229", "47910", "68320", "49410", "08110"]}
used_names = set()


def firm_name(trade):
    while True:
        name = (rng.choice(HEADS) + rng.choice(TAILS[trade])).title() + rng.choice([" Ltd", " Limited", " (UK) Ltd"])
        if name not in used_names:
            used_names.add(name)
            return name


firms, sites, postcodes = [], [], {}


def scatter(centre, reach_km):
    r, a = reach_km * math.sqrt(rng.random()), 2 * math.pi * rng.random()
    return (round(centre[0] + r * math.cos(a) * km_lon(centre[1]), 5),
            round(centre[1] + r * math.sin(a) * KM_LAT, 5))


def postcode_at(area, lon, lat):
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    for code, place in postcodes.items():
        if code.startswith(area + " ") and distance_km(place, (lon, lat)) < 0.05:
            return code
    while True:
        code = f"{area} {rng.randint(0, 9)}{rng.choice(letters)}{rng.choice(letters)}"
        if code not in postcodes:
            postcodes[code] = (lon, lat)
            return code


def add_site(firm, kind, area, place, precision="unit", mass=False):
    lon, lat = place if place else (None, None)
    site = dict(id=len(sites), firm=firm["id"], kind=kind, postcode=postcode_at(area, lon, lat) if place else None,
                precision=precision, place=place, mass=mass,
                density=bool(place) and precision in ("unit", "coordinate") and firm["active"] and not mass)
    sites.append(site)
    return site


def add_firm(trade, town, area, place, sectors, active=True, mass=False, precision="unit"):
    year = rng.randint(1988, 2023)
    firm = dict(id=len(firms), number=f"ZZ{len(firms) + 1:06d}", name=firm_name(trade), town=town, active=active,
                year=year, born=f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                sic=[rng.choice(SIC[trade])], sectors=sectors, trade=trade,
                employees=rng.choice([3, 5, 8, 12, 19, 34, 60, 140, 420]) if rng.random() < 0.65 else None,
                turnover=None, died=None if active else "2022-06-30")
    if firm["employees"] and rng.random() < 0.5:
        firm["turnover"] = float(firm["employees"] * rng.randint(60, 180) * 1000)
    firms.append(firm)
    firm["office"] = dict(area=area, place=place, mass=mass, precision=precision)
    return firm


SHEFFIELD, ROTHERHAM = (-1.405, 53.408), (-1.372, 53.405)
GROUPS = {}


def group(key, count, trade, town, area, centre, reach_km, sectors):
    GROUPS[key] = [add_firm(trade, town, area, scatter(centre, reach_km), sectors(i)) for i in range(count)]


group("sheffield_am", 14, "am", "Sheffield", "S9", SHEFFIELD, 1.0, lambda i: [0, 1] if i < 9 else [0])
group("rotherham_am", 11, "am", "Rotherham", "S60", ROTHERHAM, 1.0, lambda i: [0, 1] if i < 3 else [0])
group("doncaster_am", 12, "am", "Doncaster", "DN4", (-1.13, 53.52), 1.1, lambda i: [0])
group("leeds_ls", 16, "ls", "Leeds", "LS2", (-1.55, 53.805), 1.0, lambda i: [2])
group("sheffield_ls", 11, "ls", "Sheffield", "S10", (-1.487, 53.381), 0.8, lambda i: [2])
group("sheffield_q", 10, "q", "Sheffield", "S1", (-1.468, 53.379), 0.5, lambda i: [3])
TOWNS = [("Sheffield", "S1", (-1.466, 53.381), 2.0), ("Leeds", "LS1", (-1.549, 53.8), 2.0),
         ("Barnsley", "S70", (-1.48, 53.553), 1.5), ("Chesterfield", "S40", (-1.421, 53.235), 1.5),
         ("Doncaster", "DN1", (-1.133, 53.523), 1.5), ("Rotherham", "S65", (-1.35, 53.43), 1.5)]
for k in range(36):
    town, area, centre, reach = TOWNS[k % len(TOWNS)]
    sectors = [0] if k % 9 == 0 else [2] if k % 9 == 4 else [4] if k % 17 == 5 else []
    add_firm("am" if sectors == [0] else "ls" if sectors == [2] else "bg", town, area, scatter(centre, reach), sectors,
             active=k not in (7, 20))
for k in range(8):  # one address at which firms are registered by the hundred
    add_firm("bg", "Leeds", "LS1", (-1.5450, 53.7970), [2] if k == 0 else [], mass=True)
add_firm("bg", "Barnsley", "S75", (-1.52, 53.57), [], precision="district")
add_firm("bg", None, None, None, [], precision="none")

for firm in firms:
    office = firm["office"]
    firm["site"] = add_site(firm, "registered_office", office["area"], office["place"], office["precision"], office["mass"])
for firm, area, place in [(GROUPS["sheffield_am"][0], "S60", scatter(ROTHERHAM, 0.8)),
                          (GROUPS["sheffield_am"][1], "S60", scatter(ROTHERHAM, 0.8)),
                          (GROUPS["leeds_ls"][0], "LS2", scatter((-1.55, 53.805), 0.8))]:
    firm.setdefault("further", []).append(add_site(firm, "trading", area, place))

DESCRIPTIONS = {"am": "Precision components for aerospace and energy", "ls": "Diagnostics and devices for hospitals",
                "q": "Quantum sensors and control electronics"}
for f in firms:
    put("firm", f["id"], f["number"], f["name"], [HEADS[f["id"] % 24] + " Holdings Ltd"] if f["id"] % 20 == 3 else None,
        "Active" if f["active"] else "Dissolved", f["active"], "Private Limited Company", f["born"], f["died"], f["town"],
        f["sic"], DESCRIPTIONS.get(f["trade"]), f"https://{f['number'].lower()}.example" if f["id"] % 3 == 0 else None,
        f["employees"], 2023 if f["employees"] else None, f["turnover"], 2023 if f["turnover"] else None)
for s in sites:
    lon, lat = s["place"] or (None, None)
    put("site", s["id"], s["firm"], s["kind"], s["postcode"], s["precision"], lon, lat,
        0.0 if lon is not None else None, 0.0 if lon is not None else None, s["mass"], s["density"])
    if lon is not None:
        to_project.append(("site", s["id"], lon, lat))
        for area_id, (_, _, level, _, ring) in enumerate(AREAS):
            if inside(ring, lon, lat):
                put("site_area", s["id"], level, area_id)
for code, (lon, lat) in sorted(postcodes.items()):
    put("postcode", code, lon, lat, False)
put("postcode", "S99 9ZZ", -1.47, 53.38, True)
mass_postcode = next(s["postcode"] for s in sites if s["mass"])
put("mass_registration_address", mass_postcode, 8, 20, "8 active firms at one postcode report 20 employees between them")
REASON = {0: "SIC {}", 1: "word: advanced materials in project title", 2: "SIC {}", 3: "word: quantum in description", 4: "SIC {}"}
for f in firms:
    for s in f["sectors"]:
        put("firm_sector", f["id"], s, REASON[s].format(f["sic"][0]))

# ------------------------------------------------------------------ projects, patents, deals, accounts, evidence
evidence = {}  # firm -> count inside the window
funding = {}


def witness(firm, kind, dated, reference, detail, amount):
    window = dated >= "2014-11-01"
    put("evidence", firm["id"], kind, dated, reference, detail, amount, window)
    if window:
        evidence[firm["id"]] = evidence.get(firm["id"], 0) + 1
        if kind == "public_rd_project":
            funding[firm["id"]] = funding.get(firm["id"], 0.0) + (amount or 0.0)


links = {}
project_count = 0


def project(funder, programme, title, start, award, partners, assets):
    global project_count
    reference = f"EX/{project_count + 1:04d}"
    put("project", project_count, reference, funder, programme, title, title + ". A made-up project.",
        start, str(int(start[:4]) + 3) + start[4:], award, "https://example.org/project/" + reference)
    each = round(award / (len(partners) + len(assets)), 2)
    for k, f in enumerate(partners):
        put("participation", project_count, f["name"].upper(), None, f["site"]["postcode"], "lead" if k == 0 else "participant",
            each, False, f["id"], None, ["number", "name_and_postcode", "fuzzy"][k % 3], [1.0, 0.99, 0.91][k % 3])
        witness(f, "public_rd_project", start, reference, title, each)
    for a in assets:
        put("participation", project_count, ASSETS[a][0], None, ASSETS[a][2], "participant", each, False, None, a,
            "institution", 1.0)
    for i, f in enumerate(partners):
        for g in partners[i + 1:]:
            key = (min(f["id"], g["id"]), max(f["id"], g["id"]), None)
            links.setdefault(key, [0, 0.0])
            links[key][0] += 1
            links[key][1] += award
        for a in assets:
            links.setdefault((f["id"], None, a), [0, 0.0])
            links[(f["id"], None, a)][0] += 1
            links[(f["id"], None, a)][1] += award
    project_count += 1


materials = [f for f in firms if 1 in f["sectors"]]
for k in range(12):
    project("Innovate UK", "Collaborative R&D", f"Advanced materials for lighter turbines, part {k + 1}", f"{2016 + k % 8}-04-01",
            120000.0 + 35000 * k, rng.sample(materials, 3), [3] if k % 2 else [0])
for k in range(5):
    project("MRC", "Research Grant", f"Imaging for early diagnosis {k + 1}", f"{2017 + k}-10-01",
            250000.0 + 10000 * k, rng.sample(GROUPS["leeds_ls"], 2), [2, 4])
for k in range(5):
    project("EPSRC", "Research Grant", f"Quantum sensors that leave the laboratory {k + 1}", f"{2018 + k}-01-15",
            400000.0, rng.sample(GROUPS["sheffield_q"], 2), [0])
project("EU", "FP7", "Better joints, long ago", "2009-01-01", 90000.0, [GROUPS["doncaster_am"][0]], [1])
project("Innovate UK", "Launchpad", "Rail components by robots", "2021-06-01", 150000.0, GROUPS["doncaster_am"][1:4], [])
put("participation", 3, "UNKNOWN PARTNERS LLP", None, "S1 1AA", "participant", 20000.0, False, None, None, "none", None)
put("link_candidate", "participation", "UNKNOWN PARTNERS LLP", "S1 1AA", 3, "fuzzy", 0.62)
for k, f in enumerate(materials[:5] + GROUPS["leeds_ls"][3:7] + GROUPS["sheffield_q"][:3]):
    dated = f"{2015 + k % 8}-03-{k + 1:02d}"
    put("patent", k, f"GB9{k:06d}A", dated, f"Improvements in or relating to item {k + 1}", "B23K 26/00", f["name"].upper(), f["id"],
        None, "name_and_postcode", 0.98)
    witness(f, "patent", dated, f"GB9{k:06d}A", f"Improvements in or relating to item {k + 1}", None)
INVESTORS = ["Example Ventures", "Northern Example Fund", "Made-up Angels", "Steel City Example Capital"]
private, investors_of = {}, {}
for k, f in enumerate((GROUPS["sheffield_q"][:4] + GROUPS["leeds_ls"][:5] + materials[:4])):
    amount = [None, 750000.0, 2500000.0, 12000000.0][k % 4]
    stage = ["Seed", "Seed", "Series A", "Series B"][k % 4]
    dated = f"{2019 + k % 5}-0{k % 9 + 1}-15"
    put("deal", k, f["name"], dated, stage, amount, f["id"], "number", 1.0)
    for name in rng.sample(INVESTORS, 1 + k % 3):
        put("deal_investor", k, name)
        investors_of.setdefault(f["id"], []).append(name)
    witness(f, "equity_deal", dated, None, stage, amount)
    private[f["id"]] = private.get(f["id"], 0.0) + (amount or 0.0)
put("deal", 13, "Nobody Knows Ltd", "2023-02-01", "Seed", 100000.0, None, "none", None)
for f in firms:
    if f["employees"]:
        for back in range(3):
            put("account", f["id"], f"{2023 - back}-12-31", max(1, f["employees"] - 2 * back), f["turnover"])
put("support", 0, "Example Launchpad", "Innovate UK", "Grants for firms of a cluster", "https://example.org/launchpad",
    ["advanced-manufacturing"], ["E47000002"])
put("support", 1, "Example growth loan", "Example bank", "Loans for growing firms anywhere", None, None, None)

# ------------------------------------------------------------------ clusters
am = GROUPS["sheffield_am"] + GROUPS["rotherham_am"]
CLUSTERS = [
    (0, am, "Sheffield and Rotherham", "specialised", "The location quotient is 2.3 (1.8–2.9) and lies above 1", True),
    (0, GROUPS["doncaster_am"], "Doncaster", "diverse", "RD&I-active; the location quotient 1.1 (0.7–1.6) does not lie above 1", True),
    (1, materials, "Sheffield", "rdi_collaborating", "12 joint projects between members, 4.1 expected", True),
    (2, GROUPS["leeds_ls"], "Leeds", "specialised", "The location quotient is 1.9 (1.3–2.6) and lies above 1", True),
    (2, GROUPS["sheffield_ls"], "Sheffield", "not_rdi_active", "No member shows evidence of RD&I inside the window", False),
    (3, GROUPS["sheffield_q"], "Sheffield", "specialised", "The location quotient is 8.4 (3.9–18.0) and lies above 1", True),
]
LQ = [(2.31, 1.84, 2.90), (1.12, 0.71, 1.63), (3.05, 1.90, 4.71), (1.91, 1.32, 2.62), (1.44, 0.82, 2.31), (8.42, 3.91, 18.04)]
measures = []
for c, (sector, members, name, kind, reason, active) in enumerate(CLUSTERS):
    member_sites = [f["site"] for f in members] + [s for f in members for s in f.get("further", []) if sector in f["sectors"]]
    member_sites.sort(key=lambda s: s["id"])
    places = [s["place"] for s in member_sites]
    ring = outline(places)
    lon, lat = sum(p[0] for p in places) / len(places), sum(p[1] for p in places) / len(places)
    authority = {}
    for place in places:
        for _, area, level, _, border in AREAS:
            if level == "lower_tier" and inside(border, *place):
                authority[area] = authority.get(area, 0) + 1
    top = sorted(authority.items(), key=lambda item: (-item[1], item[0]))[:3]
    top += [(None, None)] * (3 - len(top))
    put("cluster", c, sector, SECTORS[sector][0] + "-" + name.lower().replace(" ", "-"), name, kind, reason, len(member_sites),
        len(members), active, *[t[0] for t in top], *[t[1] and round(t[1] / len(places), 6) for t in top],
        round(lon, 5), round(lat, 5), min(p[0] for p in ring), min(p[1] for p in ring), max(p[0] for p in ring),
        max(p[1] for p in ring), area_km2(ring), round(max(distance_km(a, b) for a in places for b in places), 3), wkb([ring]))
    for k, s in enumerate(member_sites):
        put("cluster_member", c, s["id"], s["firm"], k % 7 != 6)
    known = [f["employees"] for f in members if f["employees"]]
    turnover = [f["turnover"] for f in members if f["turnover"]]
    n = len(members)

    def share(test):
        return round(sum(1 for f in members if test(f)) / n, 6)

    total = sum(len(other[1]) for other in CLUSTERS if other[0] == sector)
    money = sum(private.get(f["id"], 0.0) for f in members)
    measures.append({
        "employment": (float(sum(known)), None, None, round(len(known) / n, 6), None),
        "turnover_gbp": (sum(turnover), None, None, round(len(turnover) / n, 6), None) if len(turnover) > 2
                        else (None, None, None, round(len(turnover) / n, 6), "fewer than three firms report turnover"),
        "rdi_active_share": (share(lambda f: f["id"] in evidence), None, None, 1.0, None),
        "public_funding_gbp": (round(sum(funding.get(f["id"], 0.0) for f in members), 2), None, None, 1.0, None),
        "patent_share": (share(lambda f: f in materials[:5] + GROUPS["leeds_ls"][3:7] + GROUPS["sheffield_q"][:3]), None, None, 1.0, None),
        "private_investment_gbp": (money, None, None, 1.0, None) if money else (None, None, None, 0.0, "no deal is known of a member"),
        "share_of_clustered_sites": (round(len(members) / total, 6), None, None, 1.0, None),
        "location_quotient": (*LQ[c], 1.0, None),
        "median_founding_year": (float(sorted(f["year"] for f in members)[n // 2]), None, None, 1.0, None),
        "stability": (None, None, None, None, "this atlas was built without stability"),
        "rd_tax_credit_gbp": (None, None, None, None, "no R&D tax credit source in this project"),
    })
    for measure, year, amounts in [("employment", None, known), ("turnover_gbp", None, turnover),
                                   ("public_funding_gbp", None, [funding.get(f["id"], 0.0) for f in members]),
                                   ("private_investment_gbp", None, [private.get(f["id"], 0.0) for f in members]),
                                   *(("employment", year, known) for year in range(2019, 2025))]:
        amounts = sorted((float(a) for a in amounts if a > 0), reverse=True)
        if amounts:
            put("cluster_sum", c, measure, year, len(amounts), round(amounts[0], 2), round(amounts[1] if len(amounts) > 1 else 0.0, 2))
    top_firms = sorted(members, key=lambda f: (-(f["employees"] or 0), f["id"]))[:5]
    for k, f in enumerate(top_firms):
        put("cluster_item", c, "top_firm", k + 1, f["name"], float(f["employees"]) if f["employees"] else None, "jobs", f["id"], None)
    names = [i for f in members for i in investors_of.get(f["id"], [])]
    for k, investor in enumerate(sorted(set(names), key=lambda i: (-names.count(i), i))[:3]):
        put("cluster_item", c, "top_investor", k + 1, investor, float(names.count(investor)), "deals", None, None)
    near = sorted((round(distance_km((lon, lat), (a[4], a[5])), 2), i) for i, a in enumerate(ASSETS) if a[4] is not None)[:3]
    for k, (d, i) in enumerate(near):
        put("cluster_item", c, "top_institution", k + 1, ASSETS[i][0], d, "km", i, None)
    for k, (stage, v) in enumerate([("Seed", 0.5), ("Series A", 0.3), ("Series B", 0.2)] if names else []):
        put("cluster_item", c, "stage", k + 1, stage, v, "share", None, None)
    for k, (place, _) in enumerate([t for t in top if t[0]]):
        put("cluster_item", c, "place", k + 1, place, None, None, None, None)
    ids = {f["id"] for f in members}
    for (a, b, asset), (count, award) in sorted(links.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[0][2] or 0)):
        if a in ids and (b is None or b in ids):
            put("cluster_link", c, a, b, asset, count, round(award, 2))
    for year in range(2015, 2025):
        alive = [f for f in members if f["year"] <= year]
        put("cluster_year", c, year, len(alive), sum(1 for f in members if f["year"] == year), 0,
            sum(known) - 4 * (2024 - year) if year > 2018 else None, len(known) if year > 2018 else None,
            round(100 * 1.02 ** (year - 2019), 6) if year > 2018 else None, len(known) if year > 2019 else None, 25000.0 * (year - 2014) if active else None, None)
put("year_coverage", "employees", 2019, 2024, False, False, "Jobs by the year in which accounts end.")
put("year_coverage", "public_funding_gbp", 2015, 2024, False, True, "The projects in the sources start from January 2015 to June 2024. Of 2024 they hold a part.")
for measure in measures[0]:
    for sector in range(len(SECTORS)):
        ids = [c for c in range(len(CLUSTERS)) if CLUSTERS[c][0] == sector]
        valued = sorted((c for c in ids if measures[c][measure][0] is not None), key=lambda c: (-measures[c][measure][0], c))
        for c in ids:
            put("cluster_measure", c, measure, *measures[c][measure], valued.index(c) + 1 if c in valued else None,
                len(valued) if c in valued else None)

for sector in range(len(SECTORS)):
    for measure, value in [("ellison_glaeser", 0.042), ("locational_gini", 0.31), ("hoover", 0.24)]:
        put("sector_measure", sector, measure, value + sector / 100, None)

published = outline([(-1.40, 53.405), (-1.35, 53.42), (-1.42, 53.39)], 1.1)
put("published_cluster", 0, "Advanced Materials", "4", "Dsit_Emerging", 48, 39, 700.0, 196071920.0, True,
    json.dumps({"Sector": "Advanced Materials", "Cluster": "4", "LA1": "Rotherham", "LA2": "Sheffield"}), wkb([published]))

# ------------------------------------------------------------------ planar positions, then the script
answer = subprocess.run(["gdaltransform", "-s_srs", "EPSG:4326", "-t_srs", "EPSG:27700", "-output_xy"], check=True,
                        capture_output=True, text=True, input="\n".join(f"{lon} {lat}" for _, _, lon, lat in to_project))
XY_AT = {"place": -2, "asset": -2, "site": 7}  # where x_m stands in a row; y_m follows
for (table, index, _, _), line in zip(to_project, answer.stdout.splitlines()):
    row = list(rows[table][index])
    at = XY_AT[table] % len(row)
    row[at:at + 2] = (round(float(v), 1) for v in line.split()[:2])
    rows[table][index] = tuple(row)

print("-- A small believable atlas for tests. Written by make_tiny_atlas.py; change that, not this.")
print("-- Towns are real, borders are boxes, firms, projects and money are made up. Example data.")
for table, entries in rows.items():
    print(f"\ninsert into {table} values")
    print(",\n".join("(" + ", ".join(literal(v) for v in row) + ")" for row in entries) + ";")
