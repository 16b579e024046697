"""Effects of policies, from pairs of runs with the same seeds."""

from .program import call_json, set_options

COLUMNS = ["policy", "series", "unit", "base", "effect", "low", "high", "pairs"]


def effect(base, *policies, series, at=None, halfwidth=None, max_pairs=None, seed=None, set=None, store=None, out=None, options=(),  # noqa: A002
           progress=False, program=None):
    """Estimates what policies change, with 95 % intervals (together over all that is asked).

    @param base       scenario without the policy
    @param policies   scenarios with it, one or more; none where `options` hold them
    @param series     "output,profit[sector=steel]" or a list of such names
    @param at         year or month to average over, such as 2025 or "2025-06" (default: the last year)
    @param halfwidth  wanted: "0.1pp", "0.5%" of the base, or a number in the series' unit; one, or one for each series
    @param max_pairs  most pairs; without `halfwidth` the number of pairs (16 or more)
    @param store      folder of the runs; those found in it are not made again (default results)
    @param out        X.json to write, of which `fabrica report` makes a page
    @return           pandas.DataFrame with columns policy, series, unit, base (mean without), effect, low, high (interval), pairs; effect,
                      base, low and high in `unit`. `frame.attrs["report"]` is all that the program printed
    @raise            as fabrica.run
    """
    import pandas

    text = series if isinstance(series, str) else ",".join(series)
    words = ["effect", base, *policies, "--series", text, *set_options(set), *([] if progress else ["-q"]), *options]
    for name, value in (("--at", at), ("--halfwidth", halfwidth), ("--max-pairs", max_pairs), ("--seed", seed), ("--store", store), ("--out", out)):
        if value is not None:
            words += [name, value]
    report = call_json(words, program=program, progress=progress)
    rows = [{**row, **row["interval"]} for row in report.get("effects", [])]
    frame = pandas.DataFrame(rows, columns=COLUMNS)
    frame.attrs["report"] = report
    return frame
