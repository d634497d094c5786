#!/usr/bin/env python3
"""Real clients against a real server: clients_test.py MAKE_TINY_ATLAS SERVE_ATLAS OPENAPI_YAML

Every answer is held against the schema that the contract gives for it; GDAL reads the collections
through its OAPIF driver and the tiles through its MVT driver.
"""
import copy
import json
import re
import subprocess
import sys
import unittest
import urllib.request

from served import CONTRACT, Contract, Served

MEMBERS = 91  # sites in the clusters of the tiny atlas


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.contract = Contract(CONTRACT)
        cls.served = Served()
        cls.root, cls.base_map = cls.served.root, cls.served.base_map

    @classmethod
    def tearDownClass(cls):
        cls.served.close()

    @classmethod
    def fetch(cls, target, body=None):
        answer = cls.served.ask(target, body)
        return answer.status, answer.data

    def holds(self, target, path, body=None, status=200):
        got, data = self.fetch(target, body)
        self.assertEqual(got, status, target)
        answer = json.loads(data)
        self.contract.check(answer, path, "get" if body is None else "post", status)
        return answer

    def test_the_checker_finds_wrong_answers(self):
        right = self.holds("/api/clusters", "/api/clusters")
        for spoil in [lambda a: a.pop("totals"), lambda a: a["clusters"][0].pop("slug"),
                      lambda a: a["clusters"][0].update(type="large"),
                      lambda a: a["clusters"][0]["measures"].update(employment="many"),
                      lambda a: a["clusters"][0].update(bbox=[1, 2, 3])]:
            wrong = copy.deepcopy(right)
            spoil(wrong)
            with self.assertRaises(AssertionError):
                self.contract.check(wrong, "/api/clusters")

    def test_every_answer_fits_the_contract(self):
        for target, path in [
            ("/health", "/health"), ("/api/atlas", "/api/atlas"), ("/api/sectors", "/api/sectors"),
            ("/api/sectors/quantum/density", "/api/sectors/{sector}/density"), ("/api/measures", "/api/measures"),
            ("/api/measures/employment/histogram", "/api/measures/{measure}/histogram"),
            ("/api/sources", "/api/sources"), ("/api/methods", "/api/methods"),
            ("/api/clusters", "/api/clusters"), ("/api/clusters?columns=&limit=2", "/api/clusters"),
            ("/api/timeline", "/api/timeline"), ("/api/firms/ZZ000001", "/api/firms/{company_number}"),
            ("/api/firms/ZZ000120", "/api/firms/{company_number}"),
            ("/api/institutions/0", "/api/institutions/{asset_id}"),
            ("/api/institutions/5", "/api/institutions/{asset_id}"),
            ("/api/compare/areas?area=E08000018,E08000035", "/api/compare/areas"),
            ("/api/areas/E08000018/years", "/api/areas/{code}/years"),
            ("/api/compare/partners?area=E08000018,E08000035", "/api/compare/partners"),
            ("/tiles/firms.json?sector=quantum", "/tiles/{layer}.json"),
            ("/ogc/tileMatrixSets", "/ogc/tileMatrixSets"),
            ("/ogc/tileMatrixSets/WebMercatorQuad", "/ogc/tileMatrixSets/{set}"),
            ("/api/areas", "/api/areas"), ("/api/areas/E08000018", "/api/areas/{code}"),
            ("/api/near?lon=-1.4&lat=53.4", "/api/near"), ("/api/search?q=s", "/api/search"),
            ("/api/search?q=s1", "/api/search"), ("/api/search?q=zzzz", "/api/search"),
            ("/ogc", "/ogc"), ("/ogc/conformance", "/ogc/conformance"), ("/ogc/api", "/ogc/api"),
            ("/ogc/collections", "/ogc/collections"),
            ("/api/export/clusters.geojson", "/ogc/collections/{collection}/items"),
        ]:
            with self.subTest(target):
                self.holds(target, path)
        for slug in [c["slug"] for c in self.holds("/api/clusters", "/api/clusters")["clusters"]]:
            with self.subTest(slug):
                self.holds("/api/clusters/" + slug, "/api/clusters/{cluster}")
                self.holds(f"/api/clusters/{slug}/members", "/api/clusters/{cluster}/members")
        for layer in ["clusters", "firms", "institutions", "areas", "places", "land", "published-clusters"]:
            with self.subTest(layer):
                self.holds(f"/tiles/{layer}.json", "/tiles/{layer}.json")
        for collection in ["clusters", "members", "areas", "institutions", "published-clusters"]:
            with self.subTest(collection):
                self.holds("/ogc/collections/" + collection, "/ogc/collections/{collection}")
                items = self.holds(f"/ogc/collections/{collection}/items", "/ogc/collections/{collection}/items")
                first = items["features"][0]["id"]
                self.holds(f"/ogc/collections/{collection}/items/{first}", "/ogc/collections/{collection}/items/{id}")
        self.holds("/api/selection", "/api/selection", {"circle": {"lon": -1.4, "lat": 53.4, "radius_m": 5000}})
        for more in [{}, {"method": "relative"}, {"method": "hdbscan"}, {"max_extent_km": 5}, {"bbox": [-3, 50, 0, 55]}]:
            self.holds("/api/recluster", "/api/recluster", {"sector": "life-sciences", "min_points": 5, **more})
        for collection in ["clusters", "areas", "institutions", "published-clusters"]:
            with self.subTest(collection):
                tiles = f"/ogc/collections/{collection}/tiles"
                self.holds(tiles, "/ogc/collections/{collection}/tiles")
                self.holds(tiles + "/WebMercatorQuad", "/ogc/collections/{collection}/tiles/{set}")
        for name in ["clusters", "firms", "members"]:
            place = {"clusters": "", "firms": "?area=E08000018", "members": "?cluster=0"}[name]
            self.holds(f"/api/export/{name}.geojson{place}", "/api/export/" + name + ".{format}")

    def test_what_is_no_json_has_the_type_that_the_contract_names(self):
        for target, path, status in [
            ("/metrics", "/metrics", 200), ("/api/export/about.txt", "/api/export/about.txt", 200),
            ("/api/openapi.yaml", "/api/openapi.yaml", 200), ("/api/card.png", "/api/card.png", 200),
            ("/api/clusters/0/card.png", "/api/clusters/{cluster}/card.png", 200),
            ("/tiles/clusters/6/31/20.mvt", "/tiles/{layer}/{z}/{x}/{y}.mvt", 200),
            ("/tiles/base.pmtiles", "/tiles/base.pmtiles", 200),
            ("/ogc/collections/clusters/tiles/WebMercatorQuad/6/20/31",
             "/ogc/collections/{collection}/tiles/{set}/{tileMatrix}/{tileRow}/{tileCol}", 200),
            ("/api/export/clusters/0/employment.csv", "/api/export/clusters/{cluster}/{measure}.csv", 200),
            *[(f"/api/export/{name}.{kind}{place}", "/api/export/" + name + ".{format}", 200)
              for name, place in [("clusters", ""), ("members", "?cluster=0"), ("firms", "?circle=-1.4,53.4,9000")]
              for kind in ["csv", "gpkg", "xlsx"]],
        ]:
            with self.subTest(target):
                self.contract.asked.add(path)
                with urllib.request.urlopen(self.root + target, timeout=60) as response:
                    self.assertEqual(response.status, status)
                    kind = response.headers["Content-Type"].split(";")[0]
                content = self.contract.document["paths"][path]["get"]["responses"][str(status)]["content"]
                self.assertIn(kind, [name.split(";")[0] for name in content])

    def test_the_base_map_comes_in_ranges(self):
        request = urllib.request.Request(self.root + "/tiles/base.pmtiles", headers={"Range": "bytes=3-10"})
        with urllib.request.urlopen(request, timeout=30) as response:
            self.assertEqual(response.status, 206)
            self.assertEqual(response.read(), self.base_map[3:11])

    def test_gdal_opens_the_downloads(self):
        for name, place, count in [("clusters", "?type=specialised", 3), ("members", "?cluster=5", 10), ("firms", "?area=E08000018", None)]:
            for kind in ["gpkg", "xlsx"]:
                with self.subTest(name + kind):
                    status, data = self.fetch(f"/api/export/{name}.{kind}{place}")
                    self.assertEqual(status, 200)
                    path = self.served.path(f"{name}.{kind}")
                    with open(path, "wb") as file:
                        file.write(data)
                    text = self.ogr("-so", path, name)
                    found = int(re.search(r"Feature Count: (\d+)", text).group(1))
                    if count is None:
                        count = json.loads(self.fetch("/api/areas/E08000018")[1])["totals"]["firms"]
                    self.assertEqual(found, count)

    def test_zz_every_path_of_the_contract_was_asked(self):
        self.assertEqual(set(self.contract.document["paths"]) - self.contract.asked, set())

    def test_every_problem_fits_the_contract(self):
        for target, path, status in [
            ("/api/clusters?limit=x", "/api/clusters", 400), ("/api/clusters/nowhere", "/api/clusters/{cluster}", 404),
            ("/api/search", "/api/search", 400), ("/api/near?postcode=X", "/api/near", 404),
            ("/tiles/shoes.json", "/tiles/{layer}.json", 404),
            ("/ogc/collections/members/items?bbox=1", "/ogc/collections/{collection}/items", 400),
        ]:
            with self.subTest(target):
                self.holds(target, path, status=status)

    def test_answers_hold_nothing_that_the_contract_does_not_name(self):
        for target, schema, pick in [
            ("/api/atlas", "Atlas", lambda a: a), ("/api/sectors", "Sector", lambda a: a["sectors"][0]),
            ("/api/measures", "Measure", lambda a: a["measures"][0]),
            ("/api/clusters", "ClusterRow", lambda a: a["clusters"][0]),
            ("/api/clusters/0", "ClusterProfile", lambda a: a), ("/api/firms/ZZ000001", "Firm", lambda a: a),
            ("/api/areas/E08000018", "Selection", lambda a: a), ("/api/near?lon=-1.4&lat=53.4", "Near", lambda a: a),
        ]:
            with self.subTest(target):
                answer = pick(json.loads(self.fetch(target)[1]))
                self.assertLessEqual(set(answer), self.contract.known_members(schema))

    def ogr(self, *arguments):
        done = subprocess.run(["ogrinfo", "-ro", "-al", *arguments], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("ERROR", done.stderr)
        return done.stdout

    def test_gdal_reads_every_collection(self):
        for collection, count in [("clusters", 6), ("members", MEMBERS), ("areas", 10), ("institutions", 6), ("published-clusters", 1)]:
            with self.subTest(collection):
                # Small pages, so that the driver has to follow the links.
                text = self.ogr("-so", "-oo", "PAGE_SIZE=4", f"OAPIF:{self.root}/ogc", collection)
                self.assertIn(f"Feature Count: {count}", text)
                self.assertIn("WGS 84", text)
        whole = self.ogr("-oo", "PAGE_SIZE=4", f"OAPIF:{self.root}/ogc", "members")
        self.assertEqual(whole.count("OGRFeature(members)"), MEMBERS)
        part = self.ogr("-where", "type = 'specialised'", f"OAPIF:{self.root}/ogc", "clusters")
        self.assertEqual(part.count("OGRFeature(clusters)"), 3)
        box = self.ogr("-spat", "-1.7", "53.7", "-1.4", "53.9", f"OAPIF:{self.root}/ogc", "clusters")
        self.assertEqual(box.count("OGRFeature(clusters)"), 1)

    def test_gdal_reads_the_tiles(self):
        for layer, inside, count in [("clusters", "clusters", 6), ("clusters", "cluster_points", 6),
                                     ("places", "places", 9), ("institutions", "institutions", 5), ("areas", "areas", 10)]:
            with self.subTest(inside):
                status, tile = self.fetch(f"/tiles/{layer}/6/31/20.mvt")
                self.assertEqual(status, 200)
                path = self.served.path(layer + ".mvt")
                with open(path, "wb") as file:
                    file.write(tile)
                text = self.ogr("-oo", "X=31", "-oo", "Y=20", "-oo", "Z=6", "MVT:" + path, inside)
                self.assertEqual(text.count(f"OGRFeature({inside})"), count)
        self.assertIn("name (String) = Leeds", self.ogr("-oo", "X=31", "-oo", "Y=20", "-oo", "Z=6",
                                                        "MVT:" + self.served.path("places.mvt"), "places"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
