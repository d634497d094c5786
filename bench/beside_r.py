"""R's dbscan on the points that cluster_points wrote, held against our labels.

usage: beside_r.py DIR EPS_M MIN_POINTS [hdbscan]; prints one JSON line. Exit code 3: not installed.
"""
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from agree import disagreement

directory = sys.argv[1]
script = Path(__file__).with_name("beside_r.R")
if not shutil.which("Rscript"):
    sys.exit(3)
done = subprocess.run(["Rscript", str(script), *sys.argv[1:]], capture_output=True, text=True,
                      check=False)
if done.returncode != 0:
    sys.exit(3)
version, seconds, cpu = done.stdout.split()
answer = {"program": f"R dbscan {version}", "seconds": float(seconds), "cpu": float(cpu)}
if len(sys.argv) == 4:
    answer["disagreement"] = disagreement(directory,
                                          np.fromfile(f"{directory}/r_label.i32", np.int32),
                                          np.fromfile(f"{directory}/r_core.u8", np.uint8))
print(json.dumps(answer))
