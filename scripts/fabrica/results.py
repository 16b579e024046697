"""Result files as xarray datasets."""

from pathlib import Path

from .errors import FileError


def open(path, group=None):  # noqa: A001 - fabrica.open is the name users expect
    """Opens a result or an ensemble lazily, as an xarray.Dataset with units; close it, or use `with`.

    Series keep the type they were written with: money in fen, goods in thousandths and counts are int64, so books close with ==; ratios
    are real numbers, NaN where there was nothing to divide. `dataset[name].attrs["units"]` is the unit. Time is the last moment of each
    month (datetime64, or cftime for run.calendar = "360_day"). Ensembles have a leading dimension `run` with seed(run), point(run),
    param_KEY(run)...

    @param path   X.h5, X.h5.partial or ensemble.h5
    @param group  "yearly", "observed", "panel_events" or "panel_states" of a single result (default: the monthly series)
    @raise FileError  when the file is missing, is no result, or lacks the group
    """
    import xarray

    if not Path(path).is_file():
        raise FileError(f"{path}: there is no such file")
    try:
        dataset = xarray.open_dataset(path, group=group, engine="h5netcdf", decode_timedelta=False)
    except (OSError, ValueError, KeyError) as error:
        raise FileError(f"{path}: cannot be read as a result: {str(error).splitlines()[0]}") from error
    if group is None and "time" not in dataset.dims:
        dataset.close()
        raise FileError(f"{path}: holds no series over time, so it is no result of fabrica")
    return dataset


LEFT_OUT = ("CLASS", "NAME", "REFERENCE_LIST", "DIMENSION_LIST", "coordinates")  # HDF5's own attributes, and titles of labels


def open_series(path, names):
    """Some series of a single result with their axes, but not the titles of labels, in memory; where one is not there, all as open() gives it.

    open() takes a second or two for a result with a hundred series: for each of them h5netcdf looks at all others to know how long time is.
    @raise FileError  as open()
    """
    import h5py
    import xarray

    try:
        with h5py.File(path) as file:
            if all(isinstance(file.get(name), h5py.Dataset) for name in names):
                found = {}
                for name in names:
                    _add(file, name, found)
                return xarray.decode_cf(xarray.Dataset(found), decode_timedelta=False)
    except OSError:
        pass  # open() says what is wrong
    return open(path)


def _add(file, name, found):
    """Adds a variable and its coordinates to `found`, as xarray takes them: (dimensions, values, attributes)."""
    item = file[name]
    is_scale = item.attrs.get("CLASS") == b"DIMENSION_SCALE"
    if is_scale and item.attrs["NAME"].startswith(b"This is a netCDF dimension"):
        return  # without a coordinate
    axes = [name] if is_scale else [axis[0].name.rsplit("/")[-1] for axis in item.dims]
    attributes = {key: value.item() if getattr(value, "size", 0) == 1 else value for key, value in item.attrs.items() if key not in LEFT_OUT}
    found[name] = (axes, item.asstr()[...] if item.dtype == object else item[...], attributes)
    for axis in axes:
        if axis not in found:
            _add(file, axis, found)
