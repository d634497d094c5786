#!/usr/bin/env python3
"""QGIS against a real server: qgis_test.py MAKE_TINY_ATLAS SERVE_ATLAS OPENAPI_YAML

QGIS's own providers open the collections as OGC API – Features and the tiles as a vector tile layer. Skipped
where Debian's python3-qgis is not installed: apt-get install --no-install-recommends python3-qgis.
"""
import os
import sys
import unittest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
try:
    from qgis.core import (QgsApplication, QgsFeatureRequest, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle, QgsVectorLayer,
                           QgsVectorTileLayer)
    from qgis.PyQt.QtCore import QSize, QVariant
except ImportError as missing:
    print(f"skipped: {missing}; apt-get install --no-install-recommends python3-qgis")
    sys.exit(77)

from served import Served

COUNTS = {"clusters": 6, "members": 91, "areas": 10, "institutions": 6, "published-clusters": 1}


class Qgis(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = Served()
        # Settings and caches of whoever runs the test stay as they are.
        os.environ["XDG_RUNTIME_DIR"] = cls.served.folder.name
        os.environ["QGIS_CUSTOM_CONFIG_PATH"] = cls.served.path("qgis")
        cls.application = QgsApplication([], False)
        cls.application.initQgis()

    @classmethod
    def tearDownClass(cls):
        cls.application.exitQgis()
        cls.served.close()

    def layer(self, collection, more=""):
        source = f"url='{self.served.root}/ogc' typename='{collection}' restrictToRequestBBOX='1' pagingEnabled='true' pageSize='7'{more}"
        layer = QgsVectorLayer(source, collection, "OAPIF")
        self.assertTrue(layer.isValid(), f"{collection}: {layer.error().message()}")
        return layer

    def test_every_collection_has_all_its_features(self):
        for collection, count in COUNTS.items():
            with self.subTest(collection):
                layer = self.layer(collection)
                features = list(layer.getFeatures())
                self.assertEqual(len(features), count)
                self.assertTrue(layer.crs().isGeographic())
                box = layer.extent()  # longitude first, whatever the CRS is called
                self.assertTrue(-9 < box.xMinimum() < box.xMaximum() < 3 and 49 < box.yMinimum() < box.yMaximum() < 61, box.toString())
                places = [feature.geometry().centroid().asPoint() for feature in features if feature.hasGeometry()]
                self.assertGreater(len(places), 0)
                self.assertTrue(all(-9 < place.x() < 3 and 49 < place.y() < 61 for place in places))

    def test_fields_have_their_types(self):
        layer = self.layer("clusters")
        types = {field.name(): QVariant.typeToName(field.type()) for field in layer.fields()}
        self.assertEqual([types[name] for name in ("name", "site_count", "area_km2", "is_frontier")], ["QString", "int", "double", "bool"])

    def test_a_rectangle_leaves_the_features_inside(self):
        request = QgsFeatureRequest().setFilterRect(QgsRectangle(-1.7, 53.7, -1.4, 53.9))
        self.assertEqual(len(list(self.layer("clusters").getFeatures(request))), 1)

    def test_a_filter_leaves_what_it_says(self):
        layer = self.layer("clusters")
        request = QgsFeatureRequest().setFilterExpression("\"type\" = 'specialised'")
        self.assertEqual(len(list(layer.getFeatures(request))), 3)

    def test_the_tiles_are_drawn(self):
        source = f"type=xyz&url={self.served.root}/tiles/clusters/%7Bz%7D/%7Bx%7D/%7By%7D.mvt&zmin=0&zmax=14"
        layer = QgsVectorTileLayer(source, "tiles")
        self.assertTrue(layer.isValid(), layer.error().message())
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setOutputSize(QSize(512, 512))
        settings.setExtent(QgsRectangle(-400000, 6900000, 100000, 7400000))
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        image = job.renderedImage()
        background = image.pixelColor(0, 0)
        drawn = sum(image.pixelColor(x, y) != background for x in range(0, 512, 2) for y in range(0, 512, 2))
        self.assertGreater(drawn, 20, "nothing was drawn")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
