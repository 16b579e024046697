#!/usr/bin/python3
"""Whole-number series of a result, over all cells, by year, as JSON: yearly_totals.py RESULT.h5.

{"years": [...], "series": {NAME: {"unit": ..., "years": ["1", ...]}}, "cells": {NAME: {AXIS: {LABEL: "1"}}}}: flows summed over the year, stocks at
its end; `cells` are those of the last year by each axis. Numbers are texts, because JSON's readers lose digits above 2^53."""
import json
import sys

import h5py


def main(path):
    answer = {"series": {}, "cells": {}}
    with h5py.File(path) as file:
        for name, data in file.items():
            method = data.attrs.get("cell_methods")
            axes = [file[reference[0]].name.lstrip("/") for reference in data.attrs.get("DIMENSION_LIST", [])]
            if axes[:1] != ["time"] or data.dtype.kind != "i" or method not in ("time: sum", "time: point"):
                continue
            values = data[()].reshape(-1, 12, *data.shape[1:])
            years = values.sum(axis=1) if method == "time: sum" else values[:, -1]
            answer["series"][name] = {"unit": data.attrs["units"], "years": [str(year.sum()) for year in years]}
            answer["cells"][name] = {}
            for i, axis in enumerate(axes[1:]):
                others = tuple(j for j in range(len(axes) - 1) if j != i)
                labels = [label.decode() if isinstance(label, bytes) else str(label) for label in file[axis][()]]
                answer["cells"][name][axis] = dict(zip(labels, (str(cell) for cell in years[-1].sum(axis=others))))
    print(json.dumps(answer))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
