"""Bars of the indices, the largest on top."""


def draw(report, path):
    """Writes the picture of a report (png, pdf, svg by the name's ending). @raise OSError, ValueError  when it cannot be written"""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    is_morris = report["method"] == "morris"
    main = "mu_star" if is_morris else "total"
    axes = sorted(report["axes"], key=lambda one: one[main]["value"])
    figure, plot = pyplot.subplots(figsize=(8, 1.6 + 0.5 * len(axes)), layout="constrained")
    bars = [("mu_star", "#3a6ea5", "mu*", 0.0)] if is_morris else [("total", "#b9cde3", "total", 0.2), ("first", "#3a6ea5", "first order", -0.2)]
    for name, colour, label, shift in bars:
        values = [one[name]["value"] for one in axes]
        errors = [[max(v - one[name]["low"], 0) for v, one in zip(values, axes)], [max(one[name]["high"] - v, 0) for v, one in zip(values, axes)]]
        plot.barh([i + shift for i in range(len(axes))], values, height=0.38, color=colour, label=label, xerr=errors, error_kw={"lw": 1, "capsize": 2})
    if is_morris:
        plot.plot([one["sigma"] for one in axes], range(len(axes)), "o", color="#b5482a", label="sigma")
    plot.set_yticks(range(len(axes)), [one["key"] for one in axes])
    plot.set_xlabel(f"effect over the whole range [{report['unit']}]" if is_morris else "share of the variance")
    plot.set_title(f"{report['series']}, {report['at']}: {report['method']}, {report['points_used']} points", loc="left", fontsize=10)
    plot.axvline(0, color="black", lw=0.8)
    plot.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    figure.savefig(path, dpi=150)
    pyplot.close(figure)
