"""Writes a made-up result with the series of the model, for tests of pictures: synthetic_run.py PATH [GROWTH]."""

import sys

import numpy as np
import xarray as xr

MONTHS, YEARS = 132, 11
SECTORS = ["Coal mining", "Oil and gas extraction", "Farm and food processing", "Beverages and tobacco", "Textiles", "Garments and leather",
           "Wood and furniture", "Paper and printing", "Petroleum refining and coking", "Chemicals", "Medicines", "Rubber and plastics",
           "Non-metallic mineral products", "Ferrous metals", "Non-ferrous metals", "Metal products", "General machinery", "Special machinery",
           "Motor vehicles", "Ships, rail and aerospace equipment", "Electrical machinery", "Computers, communication, other electronic equipment",
           "Instruments", "Electricity, heat, gas and water"]
OWNERS = ["private", "state", "foreign", "joint_venture"]
SIZES = ["micro", "small", "medium", "large"]
CAUSES = ["insolvency", "voluntary", "merger"]


def made_up(growth=0.06, seed=1):
    rng = np.random.default_rng(seed)
    month = np.arange(MONTHS)
    s, o = len(SECTORS), len(OWNERS)
    trend = (1 + growth) ** (month / 12) * (1 - 0.25 * np.exp(-(((month - 61) / 1.5) ** 2)))
    season = 1 + 0.05 * np.sin(2 * np.pi * month / 12)
    owner = np.array([0.55, 0.22, 0.13, 0.10])
    size = rng.dirichlet(np.full(s, 6.0))
    drift = np.exp(np.outer(month / 12, rng.normal(0, 0.02, s)))
    base = (trend * season)[:, None, None] * drift[:, :, None] * size[None, :, None] * owner
    noise = lambda *shape: np.exp(rng.normal(0, 0.01, shape))
    use = np.clip(0.76 + 0.05 * np.sin(month / 17)[:, None] + rng.normal(0, 0.05, s) + rng.normal(0, 0.008, (MONTHS, s)), 0.4, 1)
    output = 1.1e14 / 12 * base * noise(MONTHS, s, o)
    firms = np.rint(3.0e6 * size[:, None] * np.array([0.86, 0.04, 0.06, 0.04]) * (1 + 0.03 * month[:, None, None] / 12)).astype(int)
    by_size = np.rint(firms.sum(1)[:, None, :] * np.array([0.85, 0.125, 0.02, 0.005])[:, None]).astype(int)
    so, d = ("time", "sector", "ownership"), {}
    d["firms"] = (so, firms, "1")
    d["firms_by_size"] = (("time", "size_class", "ownership"), by_size, "1")
    d["entries"] = (so, rng.poisson(firms * 0.012), "1")
    d["exits"] = (("time", "sector", "exit_cause"), rng.poisson(firms.sum(2)[:, :, None] * np.array([0.002, 0.006, 0.0005])), "1")
    d["output"] = (so, output, "yuan")
    d["capacity"] = (so, output / use[:, :, None], "yuan")
    d["capacity_utilisation"] = (("time", "sector"), use, "1")
    price = np.exp(np.cumsum(rng.normal(0.0008, 0.006, (MONTHS, s)), 0))
    d["price_index"] = (("time", "sector"), price, "1")
    d["markup"] = (("time", "sector"), 1.12 + rng.normal(0, 0.03, s) + rng.normal(0, 0.004, (MONTHS, s)), "1")
    revenue = np.rint(100 * output * price[:, :, None]).astype(np.int64)
    d["revenue"] = (so, revenue, "fen")
    d["profit"] = (so, np.rint(revenue * (np.array([0.065, 0.05, 0.08, 0.075]) + rng.normal(0, 0.01, (MONTHS, 1, 1)))).astype(np.int64), "fen")
    d["value_added"] = (("time", "sector"), np.rint(revenue.sum(2) * 0.24).astype(np.int64), "fen")
    d["employment"] = (so, np.rint(1.1e8 * base / base[0].sum() * (1 - 0.004 * month[:, None, None] / 12)).astype(int), "1")
    d["wage_index"] = (("time",), (1.075) ** (month / 12), "1")
    d["investment"] = (so, np.rint(revenue * 0.09 * noise(MONTHS, s, o)).astype(np.int64), "fen")
    d["inventories"] = (("time", "sector"), revenue.sum(2) * 0.9, "fen")
    d["backlog"] = (("time", "sector"), revenue.sum(2) * 0.5 * noise(MONTHS, s), "fen")
    d["loans"] = (("time", "ownership"), 2.2e13 * 100 * trend[:, None] * np.array([0.4, 0.42, 0.1, 0.08]), "fen")
    d["debt_ratio"] = (("time", "ownership"), np.array([0.55, 0.61, 0.52, 0.54]) + 0.01 * np.sin(month / 20)[:, None], "1")
    d["zombies"] = (("time", "ownership"), np.rint(firms.sum(1) * np.array([0.03, 0.12, 0.05, 0.04])).astype(int), "1")
    d["exports"] = (("time", "sector"), revenue.sum(2) // 8, "fen")
    d["imports"] = (("time", "sector"), revenue.sum(2) // 10, "fen")
    d["final_demand"] = (("time", "sector"), revenue.sum(2) // 2, "fen")
    d["unmet_demand"] = (("time", "sector"), revenue.sum(2) // 300, "fen")
    d["sme_sales_share"] = (("time",), 0.57 + 0.02 * np.sin(month / 30), "1")
    return d


def write(path, growth=0.06):
    arrays = {name: xr.DataArray(values, dims=dims, attrs={"units": unit}) for name, (dims, values, unit) in made_up(growth).items()}
    ends = (np.datetime64("2015-01") + np.arange(1, MONTHS + 1)).astype("datetime64[D]") - np.timedelta64(1, "D")
    days = (ends - np.datetime64("2015-01-01")).astype(float)
    labels = {"sector": [f"S{i:02}" for i in range(len(SECTORS))], "ownership": OWNERS, "size_class": SIZES, "exit_cause": CAUSES}
    data = xr.Dataset(arrays, coords={"time": ("time", days, {"units": "days since 2015-01-01 00:00:00", "calendar": "proleptic_gregorian"}),
                                      **labels, "sector_title": ("sector", SECTORS)})
    data.attrs = {"title": f"Made-up run, growth {growth:.0%}", "source": "synthetic_run.py", "seed": 1, "status": "complete"}
    data.to_netcdf(path, engine="h5netcdf")
    observed(growth).to_netcdf(path, engine="h5netcdf", group="observed", mode="a")


def observed(growth):
    """What was seen in 2013 to 2020, beside some of the series."""
    years = np.arange(2013, 2021)
    begin = np.array([(np.datetime64(f"{y}-01-01") - np.datetime64("2015-01-01")).astype(float) for y in (*years, 2021)])
    known = np.linspace(0, 1, len(years))
    by_owner = np.column_stack([0.55 + 0 * known, 0.6 - 0.02 * known, np.nan * known, np.nan * known])
    by_sector = 0.76 + 0.02 * known[:, None] + np.zeros(len(SECTORS))
    by_sector[:, ::3] = np.nan
    d = {
        "growth": (("time",), growth + 0.01 * known, {"units": "1", "result_series": "output", "measure": "growth", "population": "above_scale"}),
        "use": (("time",), np.where(years % 2, 0.74 + 0.02 * known, np.nan),
                {"units": "1", "result_series": "capacity_utilisation", "measure": "mean", "population": "all"}),
        "use_by_sector": (("time", "sector"), by_sector,
                          {"units": "1", "result_series": "capacity_utilisation", "measure": "mean", "population": "all"}),
        "debt": (("time", "ownership"), by_owner, {"units": "1", "result_series": "debt_ratio", "measure": "end", "population": "all"}),
        "firms": (("time",), 3.0e6 + 1e5 * known, {"units": "1", "result_series": "firms", "measure": "end", "population": "all"}),
        "time_bounds": (("time", "bounds"), np.column_stack([begin[:-1], begin[1:]]), {}),
    }
    time = ("time", begin[1:] - 1, {"units": "days since 2015-01-01 00:00:00", "calendar": "proleptic_gregorian"})
    return xr.Dataset(d, coords={"time": time})


if __name__ == "__main__":
    write(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.06)
