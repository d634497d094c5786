"""The run, its sources, areas, places, institutions and sectors."""
from tiny_rows import AS_OF, put, to_project
from tiny_shapes import box_ring, wkb

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
put("area_name", [a[0] for a in AREAS].index("E47000002"), "Sheffield City Region", "former", "2021-09-17", "The authority took the name South Yorkshire on 17 September 2021")
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
