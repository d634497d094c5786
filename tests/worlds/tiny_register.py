"""Firms and their sites, in groups that become clusters."""
import math

from tiny_rows import put, rng, to_project
from tiny_shapes import distance_km, KM_LAT, km_lon
from tiny_ground import AREAS, inside

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
