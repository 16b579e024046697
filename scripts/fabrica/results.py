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
