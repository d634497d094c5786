"""scikit-learn's DBSCAN on the points that cluster_points wrote, held against our labels.

usage: beside_sklearn.py DIR EPS_M MIN_POINTS; prints one JSON line.
"""
import json
import resource
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import DBSCAN

from agree import disagreement

directory, eps_m, min_points = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
points = np.column_stack([np.fromfile(f"{directory}/{axis}.f64") for axis in "xy"])
start, cpu_start = time.perf_counter(), time.process_time()
found = DBSCAN(eps=eps_m, min_samples=min_points, n_jobs=2).fit(points)
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
core = np.zeros(len(points), np.uint8)
core[found.core_sample_indices_] = 1
print(json.dumps({
    "program": f"scikit-learn {sklearn.__version__}",
    "points": len(points),
    "seconds": seconds,
    "cpu": cpu,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "disagreement": disagreement(directory, found.labels_, core),
}))
