#!/usr/bin/env python3
"""The whole contract, walked: contract_test.py MAKE_TINY_ATLAS SERVE_ATLAS OPENAPI_YAML

Everything that docs/api/openapi.yaml says is answered (each status of each path, each type of file) is asked
for here and held against it; and whatever nonsense is asked, nothing else is answered.
"""
import sys
import unittest
import urllib.parse

from served import CONTRACT, Contract, Served

OFFICIAL = "update run set value = 'official' where parameter = 'disclosure';"
UNREADABLE = ("alter table firm rename to unread; create view firm as select * replace "
              "(if(firm_id >= 0, error('damaged'), null)::date as dissolved) from unread;")
CIRCLE = {"circle": {"lon": -1.4, "lat": 53.4, "radius_m": 9000}}
RECLUSTER = {"sector": "life-sciences", "min_points": 5}
TILES = "/ogc/collections/{collection}/tiles/{set}/{tileMatrix}/{tileRow}/{tileCol}"

# (path of the contract, status, target[, body]); one line may have several types of answer.
OPEN = [
    ("/health", 200, "/health"), ("/metrics", 200, "/metrics"),
    *[(path, status, path + query) for path in [
        "/api/openapi.yaml", "/api/atlas", "/api/sectors", "/api/measures", "/api/sources", "/api/methods", "/api/areas",
        "/api/clusters", "/api/timeline", "/api/export/about.txt", "/ogc", "/ogc/conformance", "/ogc/api", "/ogc/collections",
        "/ogc/tileMatrixSets"] for status, query in [(200, ""), (400, "?nonsense=1")]],
    *[(path, status, path.replace("{" + name + "}", key) + query) for path, name, good in [
        ("/api/sectors/{sector}/density", "sector", "quantum"),
        ("/api/measures/{measure}/histogram", "measure", "employment"),
        ("/api/clusters/{cluster}", "cluster", "0"), ("/api/clusters/{cluster}/members", "cluster", "0"),
        ("/api/firms/{company_number}", "company_number", "ZZ000001"), ("/api/institutions/{asset_id}", "asset_id", "0"),
        ("/api/areas/{code}", "code", "E08000018"), ("/api/areas/{code}/years", "code", "E08000018"), ("/tiles/{layer}.json", "layer", "firms"),
        ("/ogc/collections/{collection}", "collection", "clusters"),
        ("/ogc/collections/{collection}/items", "collection", "members"),
        ("/ogc/tileMatrixSets/{set}", "set", "WebMercatorQuad"),
        ("/ogc/collections/{collection}/tiles", "collection", "clusters"),
    ] for status, key, query in [(200, good, ""), (400, good, "?nonsense=1"), (404, "nowhere", "")]],
    *[("/api/export/" + name + ".{format}", status, f"/api/export/{name}.{kind}{query}")
      for name, place in [("clusters", "?type=specialised"), ("members", "?cluster=0"), ("firms", "?area=E08000018")]
      for status, kind, query in [(200, kind, place) for kind in ["csv", "geojson", "gpkg", "xlsx"]]
      + [(400, "csv", place + "&nonsense=1"), (404, "shp", place)]],
    ("/api/export/clusters/{cluster}/{measure}.csv", 200, "/api/export/clusters/0/employment.csv"),
    ("/api/export/clusters/{cluster}/{measure}.csv", 400, "/api/export/clusters/0/employment.csv?x=1"),
    ("/api/export/clusters/{cluster}/{measure}.csv", 404, "/api/export/clusters/0/shoes.csv"),
    ("/api/compare/partners", 200, "/api/compare/partners?cluster=0,1&area=E08000018"), ("/api/compare/partners", 400, "/api/compare/partners?cluster=0"),
    ("/api/compare/areas", 200, "/api/compare/areas?area=E08000018"), ("/api/compare/areas", 400, "/api/compare/areas"),
    ("/api/near", 200, "/api/near?lon=-1.4&lat=53.4"), ("/api/near", 400, "/api/near"), ("/api/near", 404, "/api/near?postcode=X"),
    ("/api/search", 200, "/api/search?q=s"), ("/api/search", 400, "/api/search"),
    ("/api/selection", 200, "/api/selection", CIRCLE), ("/api/selection", 400, "/api/selection", {}),
    ("/api/selection", 413, "/api/selection", b" " * 2_000_000),
    ("/api/recluster", 200, "/api/recluster", RECLUSTER), ("/api/recluster", 400, "/api/recluster", {}),
    ("/api/recluster", 404, "/api/recluster", {"sector": "none"}), ("/api/recluster", 413, "/api/recluster", b" " * 2_000_000),
    *[("/tiles/{layer}/{z}/{x}/{y}.mvt", status, target) for status, target in [
        (200, "/tiles/clusters/6/31/20.mvt"), (204, "/tiles/clusters/6/0/0.mvt"), (400, "/tiles/clusters/6/99/20.mvt"),
        (404, "/tiles/shoes/6/31/20.mvt")]],
    *[(TILES, status, target) for status, target in [
        (200, "/ogc/collections/clusters/tiles/WebMercatorQuad/6/20/31"), (204, "/ogc/collections/clusters/tiles/WebMercatorQuad/6/0/0"),
        (400, "/ogc/collections/clusters/tiles/WebMercatorQuad/6/99/31"), (404, "/ogc/collections/clusters/tiles/Other/6/20/31")]],
    ("/ogc/collections/{collection}/tiles/{set}", 200, "/ogc/collections/clusters/tiles/WebMercatorQuad"),
    ("/ogc/collections/{collection}/tiles/{set}", 400, "/ogc/collections/clusters/tiles/WebMercatorQuad?x=1"),
    ("/ogc/collections/{collection}/tiles/{set}", 404, "/ogc/collections/clusters/tiles/Other"),
    ("/ogc/collections/{collection}/items/{id}", 200, "/ogc/collections/clusters/items/0"),
    ("/ogc/collections/{collection}/items/{id}", 400, "/ogc/collections/clusters/items/0?x=1"),
    ("/ogc/collections/{collection}/items/{id}", 404, "/ogc/collections/clusters/items/999"),
    ("/api/card.png", 200, "/api/card.png"), ("/api/card.png", 400, "/api/card.png?x=1"),
    *[("/api/clusters/{cluster}/card.png", status, target) for status, target in [
        (200, "/api/clusters/0/card.png"), (400, "/api/clusters/0/card.png?x=1"), (404, "/api/clusters/none/card.png")]],
    ("/tiles/base.pmtiles", 200, "/tiles/base.pmtiles"), ("/tiles/base.pmtiles", 400, "/tiles/base.pmtiles?x=1"),
]
# Of an atlas under official disclosure.
WITHHELD = [
    ("/api/clusters/{cluster}/members", 403, "/api/clusters/0/members"), ("/api/firms/{company_number}", 403, "/api/firms/ZZ000001"),
    ("/api/export/members.{format}", 403, "/api/export/members.csv?cluster=0"),
    ("/api/export/firms.{format}", 403, "/api/export/firms.csv?area=E08000018"),
    ("/api/export/clusters.{format}", 403, "/api/export/clusters.csv?circle=-1.4,53.4,9000"),
    ("/api/selection", 403, "/api/selection", CIRCLE), ("/api/recluster", 403, "/api/recluster", RECLUSTER),
    ("/ogc/collections/{collection}", 403, "/ogc/collections/members"),
    ("/ogc/collections/{collection}/items", 403, "/ogc/collections/members/items"),
    ("/ogc/collections/{collection}/items/{id}", 403, "/ogc/collections/members/items/0-1"),
    ("/ogc/collections/{collection}/tiles", 403, "/ogc/collections/members/tiles"),
    ("/ogc/collections/{collection}/tiles/{set}", 403, "/ogc/collections/members/tiles/WebMercatorQuad"),
    (TILES, 403, "/ogc/collections/members/tiles/WebMercatorQuad/6/20/31"),
    ("/tiles/{layer}.json", 403, "/tiles/firms.json"), ("/tiles/{layer}/{z}/{x}/{y}.mvt", 403, "/tiles/firms/6/31/20.mvt"),
]
# Answered 503 when too many ask at once, which no client can be sure to bring about. Unit tests take all the turns and ask:
# DrawnPlaces.AreCountedForSoManyAtOnce, Download.TellsAThirdToComeBack… and Reclustering.TellsAThirdToComeBack….
UNFORCED = {(path, method, 503, "application/problem+json") for path, method in [
    ("/api/selection", "post"), ("/api/compare/areas", "get"), ("/api/recluster", "post"), ("/api/export/clusters.{format}", "get"),
    ("/api/export/members.{format}", "get"), ("/api/export/firms.{format}", "get")]}
NONSENSE = [
    "", "nan", "-inf", "1e999", "-1", "0", "99999999999999999999", "1.5", "null", "true", "[]", "{}", "' or 1=1 --", "'; drop table firm; --",
    "\"; select 1; --", "$1", "${1}", "%s%n", "{}{0}{name}", "..", "../../etc/passwd", "..\\..\\x", "a/b", "\u202e\U0001f4a5é", "a" * 3000,
    ",".join(["1"] * 900), "name) from firm --", "-" * 300, "read_csv('/etc/passwd')",
]
RAW = ["%00", "%ff%fe", "%c0%ae%c0%ae", "%2e%2e%2f", "%252e%252e", "%", "%zz", "+", "%0d%0aX-Injected:%201", "&&&", "=", ";", "?", "#"]
TRACES = ["std::", "terminate", "/serve/", ".sql", "DuckDB", "Binder Error", "Parser Error", "Conversion Error", "Catalog Error", "INTERNAL",
          "src/", "/tmp/", "icmap-download", "Traceback"]


class Walk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.contract = Contract(CONTRACT)
        cls.open = Served()
        cls.seen = set()

    @classmethod
    def tearDownClass(cls):
        cls.open.close()

    def responses(self, path, method):
        """What the contract says may be answered: (status, type) pairs."""
        listed = {}
        for status, response in self.contract.document["paths"][path][method]["responses"].items():
            if "$ref" in response:
                response = self.contract.document["components"]["responses"][response["$ref"].split("/")[-1]]
            listed[int(status)] = {kind.split(";")[0] for kind in response.get("content", {})} or {""}
        return listed

    def check(self, path, answer, method, target):
        """An answer is one of those listed, and what it holds is as its schema says."""
        listed = self.responses(path, method)
        self.assertIn(answer.status, listed, f"{method} {target}: {answer.data[:300]}")
        self.assertIn(answer.kind, listed[answer.status], target)
        self.seen.add((path, method, answer.status, answer.kind))
        if "json" in answer.kind:
            self.contract.check(answer.json(), path, method, answer.status)
        if answer.status >= 400:
            self.assertEqual(answer.json()["status"], answer.status)
            for trace in TRACES:
                self.assertNotIn(trace, answer.json()["detail"] + answer.json().get("remedy", ""), target)

    def walk(self, served, lines):
        for path, status, target, *body in lines:
            with self.subTest(target):
                answer = served.ask(target, *body)
                self.assertEqual(answer.status, status, f"{target}: {answer.data[:300]}")
                self.check(path, answer, "post" if body else "get", target)

    def test_1_every_answer_of_an_open_atlas(self):
        self.walk(self.open, OPEN)
        for headers, status in [({"Range": "bytes=3-10"}, 206), ({"Range": "bytes=9999-"}, 416)]:
            answer = self.open.ask("/tiles/base.pmtiles", headers=headers)
            self.assertEqual(answer.status, status)
            self.check("/tiles/base.pmtiles", answer, "get", str(headers))

    def test_1_every_answer_of_an_official_atlas(self):
        served = Served(OFFICIAL, with_base_map=False)
        try:
            self.walk(served, WITHHELD + [("/tiles/base.pmtiles", 404, "/tiles/base.pmtiles")])
        finally:
            served.close()

    def test_1_every_answer_where_firms_cannot_be_read(self):
        served = Served(UNREADABLE)
        try:
            self.walk(served, [("/tiles/{layer}.json", 503, "/tiles/firms.json"),
                               ("/tiles/{layer}/{z}/{x}/{y}.mvt", 503, "/tiles/firms/6/31/20.mvt")])
        finally:
            served.close()

    def test_2_nothing_is_listed_that_is_not_answered(self):
        listed = {(path, method, status, kind) for path, methods in self.contract.document["paths"].items() for method in methods
                  for status, kinds in self.responses(path, method).items() for kind in kinds}
        self.assertEqual(sorted(listed - self.seen - UNFORCED), [])

    def sound(self):
        """For each path of the contract a target that is answered."""
        return {path: target for path, status, target, *body in reversed(OPEN) if status == 200 and not body}

    def test_nonsense_in_paths_is_answered_as_the_contract_says(self):
        for path in self.sound():
            pieces = path.split("{")[1:]
            for piece in pieces:
                name = piece.split("}")[0]
                for value in [urllib.parse.quote(v, safe="") for v in NONSENSE if v] + RAW:
                    target = path
                    for other in pieces:
                        other = other.split("}")[0]
                        target = target.replace("{" + other + "}", value if other == name else "0")
                    answer = self.open.ask(target.replace("#", "%23").replace("?", "%3f"))
                    self.assertLess(answer.status, 500, target)
                    if answer.status in (400, 404):
                        self.contract.check(answer.json(), "/api/clusters", "get", 400)
                    self.assertNotIn("X-Injected", answer.headers)
                    self.assertNotIn(b"root:", answer.data)

    def test_nonsense_in_parameters_is_answered_as_the_contract_says(self):
        for path, target in self.sound().items():
            parameters = self.contract.document["paths"][path]["get"].get("parameters", [])
            for parameter in parameters:
                if "$ref" in parameter:
                    parameter = self.contract.document["components"]["parameters"][parameter["$ref"].split("/")[-1]]
                if parameter["in"] != "query":
                    continue
                name = parameter["name"] + ("[employment]" if parameter["name"] in ("min", "max") else "")
                given = urllib.parse.parse_qsl(urllib.parse.urlsplit(target).query)
                others = urllib.parse.urlencode([pair for pair in given if pair[0] != name])
                base = target.split("?")[0] + "?" + (others + "&" if others else "")
                for value in [urllib.parse.quote(v, safe="") for v in NONSENSE] + RAW:
                    with self.subTest(base + name + "=" + value[:50]):
                        self.check(path, self.open.ask(base + urllib.parse.quote(name) + "=" + value.replace("#", "")), "get", base + name + "=" + value)

    def test_nonsense_in_bodies_is_answered_as_the_contract_says(self):
        values = [None, True, -1, 0, 1e308, 10**30, "", "x" * 3000, [], {}, [[[1]]], "' or 1=1 --", {"a": {"b": []}}]
        for path, sound in [("/api/selection", CIRCLE), ("/api/recluster", RECLUSTER)]:
            bodies = [b"", b"{", b"[]", b"null", b"\xff", b"{\"sector\":1e999}", b"[" * 100_000, b"{\"a\":" * 50_000]
            names = {"circle", "polygon", "sector", "sector_type", "method", "eps_m", "min_points", "min_enterprises", "max_extent_km", "bbox", "limit", "more"}
            bodies += [{**sound, name: value} for name in sorted(names) for value in values]
            bodies += [{"circle": {**CIRCLE["circle"], name: value}} for name in ("lon", "lat", "radius_m", "x") for value in values]
            bodies += [{"polygon": {"type": kind, "coordinates": value}} for kind in ("Polygon", "MultiPolygon", "Point", 5)
                       for value in [*values, [[[0, 0], [1, 1]]], [[[1e300, 0], [1, 1], [0, 1], [1e300, 0]]], [[["a", 0]]]]]
            for body in bodies:
                with self.subTest(str(body)[:80]):
                    self.check(path, self.open.ask(path, body), "post", f"{path} {str(body)[:200]}")

    def test_no_file_but_those_of_the_page_is_handed_out(self):
        for target in ["/etc/passwd", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%5c..%5cetc",
                       "/assets/../../etc/passwd", "//etc/passwd", "/.git/config", "/tiny.atlas", "/./x", "/%252e%252e/etc/passwd"]:
            with self.subTest(target):
                answer = self.open.ask(target)
                self.assertIn(answer.status, (400, 404), target)
                self.assertNotIn(b"root:", answer.data)

    def links(self, node):
        """Every link object inside an answer."""
        if isinstance(node, dict):
            if "href" in node and "rel" in node:
                yield node
            for value in node.values():
                yield from self.links(value)
        elif isinstance(node, list):
            for value in node:
                yield from self.links(value)

    def test_every_link_leads_to_what_it_says(self):
        waiting, known = [self.open.root + "/ogc"], set()
        relations = set()
        while waiting:
            address = waiting.pop()
            answer = self.open.ask(address[len(self.open.root):])
            self.assertEqual(answer.status, 200, address)
            if "json" not in answer.kind:
                continue
            for link in self.links(answer.json()):
                href = link["href"]
                self.assertTrue(href.startswith(self.open.root + "/"), href)
                relations.add(link["rel"])
                if link.get("templated"):
                    href = href.replace("{tileMatrix}", "6").replace("{tileRow}", "20").replace("{tileCol}", "31")
                if href not in known:
                    known.add(href)
                    told = self.open.ask(href[len(self.open.root):])
                    self.assertEqual(told.status, 200, href)
                    self.assertEqual(told.kind, link["type"].split(";")[0], href)
                    waiting.append(href)
        # OGC 17-069r4 and 20-057, and what a careful server adds.
        self.assertLessEqual({"self", "service-desc", "service-doc", "conformance", "data", "items", "license", "collection", "item",
                              "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
                              "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"}, relations)
        self.assertGreater(len(known), 25)

    def test_pages_follow_each_other_by_their_links_alone(self):
        for collection, count in [("members", 91), ("clusters", 6), ("areas", 10)]:
            seen, address = [], f"/ogc/collections/{collection}/items?limit=4"
            while address:
                page = self.open.ask(address).json()
                self.assertLessEqual(len(page["features"]), 4)
                self.assertEqual((page["numberMatched"], page["numberReturned"]), (count, len(page["features"])))
                seen += [feature["id"] for feature in page["features"]]
                address = next((link["href"][len(self.open.root):] for link in page["links"] if link["rel"] == "next"), None)
            self.assertEqual((len(seen), len(set(seen))), (count, count))

    def test_the_api_described_to_ogc_clients_is_the_one_there_is(self):
        described = self.open.ask("/ogc/api").json()
        for path, methods in described["paths"].items():
            operation = methods["get"]
            target = path
            for name, value in [("{featureId}", "0"), ("{tileMatrix}", "6"), ("{tileRow}", "20"), ("{tileCol}", "31")]:
                target = target.replace(name, "0-0" if name == "{featureId}" and "members" in path else value)
            answer = self.open.ask(target)
            self.assertIn(answer.status, (200, 404) if "featureId" in path else (200,), target)
            if answer.status == 200:
                self.assertIn(answer.kind, [kind.split(";")[0] for kind in operation["responses"]["200"]["content"]], target)
            for parameter in operation["parameters"]:
                if parameter["in"] == "query":
                    value = {"integer": "1", "number": "1", "boolean": "true", "array": "-9,49,3,61"}.get(parameter["schema"]["type"], "x")
                    if parameter["name"] == "datetime":
                        value = "../2024-11-01T00:00:00Z"
                    asked = self.open.ask(f"{target}?{parameter['name']}={value}")
                    wanted = (200, 400) if parameter["schema"]["type"] == "string" else (200,)
                    self.assertIn(asked.status, wanted, f"{target} {parameter['name']}")
                    self.assertNotIn(b"There is no parameter", asked.data)

    def test_tilejson_names_the_layers_and_fields_of_the_tiles(self):
        for layer in ["clusters", "firms", "institutions", "areas", "places", "land", "published-clusters"]:
            told = self.open.ask(f"/tiles/{layer}.json").json()
            self.assertEqual(told["tilejson"], "3.0.0")
            west, south, east, north = told["bounds"]
            self.assertTrue(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)
            address = told["tiles"][0][len(self.open.root):].replace("{z}", "6").replace("{x}", "31").replace("{y}", "20")
            tile = self.open.ask(address)
            self.assertEqual(tile.status, 200, address)
            self.assertIn("immutable", tile.headers["Cache-Control"])
            names = {one["id"] for one in told["vector_layers"]}
            self.assertTrue(any(name.encode() in tile.data for name in names), names)

    def test_other_methods_are_refused_with_a_problem(self):
        for method in ["PUT", "DELETE", "PATCH", "TRACE", "POST"]:
            for target in ["/api/atlas", "/ogc", "/health", "/tiles/clusters.json", "/"]:
                answer = self.open.ask(target, method=method)
                self.assertEqual(answer.status, 405, f"{method} {target}")
                self.assertEqual(answer.kind, "application/problem+json")
                self.assertIn("GET", answer.headers["Allow"])
        self.assertEqual(self.open.ask("/api/selection").headers["Allow"], "POST, OPTIONS")

    def test_a_target_that_is_too_long_is_refused(self):
        answer = self.open.ask("/api/search?q=" + "a" * 9000)
        self.assertEqual((answer.status, answer.kind), (414, "application/problem+json"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
