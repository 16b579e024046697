"""Puts results of single runs into one file with a leading dimension `run`, as `gather` does."""
import h5py
import numpy as np


def gather(paths, out, series, scenarios=None, params=None, present=None):
    """@param series    names of series of the root group
    @param scenarios  one text for each run
    @param params     key to one number for each run
    @param present    whether each run is there"""
    files = [h5py.File(path) for path in paths]
    with h5py.File(out, "w", track_order=True) as target:
        target.attrs["title"] = "An ensemble"
        first, count = files[0], len(files)
        axes = {"bounds"} | {dimension[0].name.strip("/") for name in series for dimension in first[name].dims}
        for axis in sorted(axes | {"time_bounds"} | {f"{axis}_title" for axis in axes if f"{axis}_title" in first}):
            first.copy(axis, target)
        for name in list(target):
            for attribute in ("REFERENCE_LIST", "DIMENSION_LIST", "CLASS", "NAME"):
                if attribute in target[name].attrs:
                    del target[name].attrs[attribute]
        for axis in axes:
            target[axis].make_scale(axis)
        target["run"] = np.arange(count)
        target["run"].make_scale("run")
        target["time_bounds"].dims[0].attach_scale(target["time"])

        def coordinate(name, values, **attributes):
            target[name] = values
            target[name].dims[0].attach_scale(target["run"])
            target[name].attrs.update(attributes)

        coordinate("seed", [int(np.ravel(file.attrs["seed"])[0]) if "seed" in file.attrs else i + 1 for i, file in enumerate(files)])
        if scenarios:
            coordinate("scenario", scenarios)
        if present is not None:
            coordinate("present", np.array(present, dtype="i1"))
        for key, values in (params or {}).items():
            coordinate(f"param_{key.replace('.', '_')}", values, key=key)
        for name in series:
            target[name] = np.stack([file[name][()] for file in files])
            target[name].dims[0].attach_scale(target["run"])
            for d, dimension in enumerate(first[name].dims):
                target[name].dims[d + 1].attach_scale(target[dimension[0].name])
            for attribute in ("units", "long_name", "cell_methods", "total", "definition"):
                if attribute in first[name].attrs:
                    target[name].attrs[attribute] = first[name].attrs[attribute]
    for file in files:
        file.close()
