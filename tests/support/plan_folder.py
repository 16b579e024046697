"""Writes a plan folder with its ensemble, as `fabrica sweep` and `fabrica gather` would, out of numbers that a test has made."""

import json
from pathlib import Path

import numpy as np


def unit_axes(keys):
    return [{"key": key, "type": "number", "unit": "1", "from": 0.0, "to": 1.0, "scale": "linear"} for key in keys]


def write_plan(folder, design, axes, x, y, failures=()):
    """A plan of points x seeds, and its ensemble of the year 2019, with series `y` [m2] and whole numbers `count`.

    @param axes      as plan.json has them
    @param x         (points, axes) cells of the manifest
    @param y         (points, seeds) numbers of December; NaN where the run is missing (other months hold twice the number)
    @param failures  (index, reason)
    """
    folder = Path(folder)
    folder.mkdir(parents=True)
    y = np.asarray(y, dtype=float)
    keys = [axis["key"] for axis in axes]
    plan = {"format": 1, "name": "made", "design": design, "points": len(x), "axes": axes, "replicates": y.shape[1], "first_seed": 1, "outputs": ["y"]}
    (folder / "plan.json").write_text(json.dumps(plan))
    rows = [(i * y.shape[1] + k, i, k, list(x[i])) for i in range(y.shape[0]) for k in range(y.shape[1])]
    lines = [",".join(["index", "id", "point", "replicate", "scenario", "seed", *keys])]
    lines += [",".join([str(index), run_id(index), str(point), str(k), "base", str(k + 1), *map(text, cells)]) for index, point, k, cells in rows]
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n")
    (folder / "failures.jsonl").write_text("".join(json.dumps({"index": i, "id": run_id(i), "exit_code": 1, "reason": why}) + "\n" for i, why in failures))
    write_ensemble(folder / "ensemble.h5", y.ravel())


def run_id(index):
    return f"{index:016x}"


def text(value):
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).lower()
    return value if isinstance(value, str) else repr(float(value))


def write_ensemble(path, numbers):
    import xarray

    present = np.isfinite(numbers)
    months = (np.arange("2019-02", "2020-02", dtype="datetime64[M]").astype("datetime64[D]") - 1).astype("datetime64[ns]")
    data = {"y": (("run", "time"), numbers[:, None] * np.array([2.0] * 11 + [1.0]), {"units": "m2", "total": "sum"}),
            "count": (("run", "time"), np.where(present, np.arange(len(numbers)), 0)[:, None] * np.ones(12, dtype=np.int64), {"units": "1", "total": "sum"}),
            "present": (("run",), present.astype(np.int8))}
    xarray.Dataset(data, coords={"time": months}).to_netcdf(path, engine="h5netcdf")
