"""PostGIS's ST_ClusterDBSCAN on the points that cluster_points wrote, held against our labels.

usage: beside_postgis.py DIR EPS_M MIN_POINTS; prints one JSON line.
Makes a PostgreSQL cluster in a folder of its own, started by an ordinary user (PostgreSQL refuses
root), reachable by a socket in that folder only, and removes it. Exit code 3: not installed.
"""
import glob
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from agree import disagreement

directory, eps_m, min_points = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
programs = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
if not programs or not glob.glob("/usr/share/postgresql/*/extension/postgis.control"):
    sys.exit(3)
bin_folder = Path(programs[-1]).parent


def as_user(*command, **options):
    """Runs a command as PostgreSQL's own user where we are root, otherwise as ourselves."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return subprocess.run([*prefix, *map(str, command)], check=True, text=True,
                          capture_output=True, cwd="/", **options).stdout


class Postgres:
    """A cluster of its own, there as long as the block runs."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="icmap-postgis-"))
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        as_user(bin_folder / "initdb", "-D", self.folder / "data", "-A", "trust", "-U", "bench",
                "-E", "UTF8", "--locale=C", "--no-sync")
        subprocess.run(  # its server keeps the pipes open: nothing is captured
            [*(["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []),
             bin_folder / "pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log",
             "-o", f"-k {self.folder} -c listen_addresses='' -c shared_buffers=512MB "
                   "-c work_mem=512MB -c fsync=off -c jit=off", "start"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        return self

    def __exit__(self, *_):
        as_user(bin_folder / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def ask(self, text):
        return as_user(bin_folder / "psql", "-X", "-q", "-A", "-t", "-h", self.folder, "-U",
                       "bench", "-d", "postgres", "-v", "ON_ERROR_STOP=1", input=text)


def processor_seconds(stat):
    fields = stat.rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


x, y = (np.fromfile(f"{directory}/{axis}.f64") for axis in "xy")
with Postgres() as server:
    server.ask("create extension postgis; create unlogged table raw (id int, x float8, y float8);")
    rows = "\n".join(f"{i}\t{a!r}\t{b!r}" for i, (a, b) in enumerate(zip(x.tolist(), y.tolist())))
    server.ask(f"copy raw from stdin;\n{rows}\n\\.\n"
               "create unlogged table point as select id, st_makepoint(x, y) as place from raw;"
               "vacuum analyze point;")
    start = time.perf_counter()
    stats = server.ask(
        "select pg_read_file('/proc/self/stat');"
        "create unlogged table found as select id, st_clusterdbscan(place, "
        f"{eps_m!r}, {min_points}) over () as label from point;"
        "select pg_read_file('/proc/self/stat');")
    seconds = time.perf_counter() - start
    before, after = [line for line in stats.splitlines() if line.strip()]
    label = np.array([int(v) for v in server.ask(
        "select coalesce(label, -1) from found order by id;").split()])
    version = server.ask("select postgis_lib_version();").strip()
print(json.dumps({
    "program": f"PostGIS {version}",
    "seconds": seconds,
    "cpu": processor_seconds(after) - processor_seconds(before),
    # PostGIS does not tell core points: noise and the parts of ours are compared.
    "disagreement": disagreement(directory, label, np.fromfile(f"{directory}/core.u8", np.uint8)),
}))
