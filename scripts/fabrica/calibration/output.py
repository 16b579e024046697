"""What a calibration leaves: a table for people, a report for programs, an overlay for scenarios."""

import json
import os

from ..toml_text import tables, toml_value


def overlay(report):
    """The best parameters as the text of a TOML file, to extend or to run."""
    best = {one["key"]: one["value"] for one in report["parameters"]}
    settings = " ".join(f"--set {key}={toml_value(value)}" for key, value in best.items())
    is_shipped = ":" in report["base"]
    head = [f"# Fitted: {report['name']}, trial {report['best_trial']}, the best of {report['trials']}, distance {report['distance']:.6g}.",
            f"# For one run: {settings}"]
    head += [f'extends = "{report["base"]}"', ""] if is_shipped else ["# Over the base: extends = [BASE, THIS FILE]", ""]
    return "\n".join(head) + "\n" + tables(best)


def write(report, folder):
    """Writes result.json and best.toml into the folder, each whole or not at all."""
    for name, text in (("result.json", json.dumps(report, indent=2) + "\n"), ("best.toml", overlay(report))):
        partial = folder / f"{name}.partial"
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, folder / name)


def as_text(report):
    """The report for a terminal."""
    lines = [f"{report['name']}: distance {report['distance']:.6g} at trial {report['best_trial']}, the best of {report['trials']}, {len(report['failed'])} failed"]
    width = max(len(one["key"]) for one in report["parameters"])
    for one in report["parameters"]:
        lines.append(f"  {one['key']:{width}}  {one['value']:<12.6g} in [{one['from']:g}, {one['to']:g}]" + ("  AT ITS BOUND" if one["at_bound"] else ""))
    width = max(len("moment"), *(len(one["name"]) for one in report["moments"]))
    lines.append(f"  {'moment':{width}}  {'observed':>12}  {'simulated':>12}  {'standard error':>14}  gap / error")
    for one in report["moments"]:
        error = one["standard_error"]
        gap = f"{(one['simulated'] - one['observed']) / error:+.2f}" if error > 0 else "-"
        lines.append(f"  {one['name']:{width}}  {one['observed']:12.6g}  {one['simulated']:12.6g}  {error:14.4g}  {gap}")
    lines += [f"  trial {one['trial']} failed: {one['reason']}" for one in report["failed"][:20]]
    return "\n".join(lines)
