"""Counts what was compared, for audit.py."""
import numpy as np


class Checks:
    """Counts comparisons by name and keeps the first that failed."""

    def __init__(self):
        self.rows = {}

    def equal(self, name, left, right, where, tolerance=0.0):
        """Compares two arrays. `where(i)` names the place of flat index i."""
        left, right = np.broadcast_arrays(np.asarray(left), np.asarray(right))
        if tolerance:
            wrong = np.flatnonzero(~(np.isclose(left, right, rtol=tolerance, atol=tolerance) | (np.isnan(left) & np.isnan(right))))
        else:
            wrong = np.flatnonzero(left != right)
        count, failed, first = self.rows.get(name, (0, 0, ""))
        if len(wrong) and not first:
            i = int(wrong[0])
            first = f"{where(i)}: {left.flat[i]} against {right.flat[i]}"
        self.rows[name] = (count + left.size, failed + len(wrong), first)

    def true(self, name, holds, where):
        self.equal(name, np.asarray(holds, bool), True, where)

    @property
    def failed(self):
        return sum(row[1] > 0 for row in self.rows.values())

    def table(self):
        width = max(map(len, self.rows))
        head = f"{'check':<{width}}  {'made':>10}  {'failed':>8}  first failure"
        return "\n".join([head] + [f"{name:<{width}}  {row[0]:>10}  {row[1]:>8}  {row[2]}".rstrip() for name, row in self.rows.items()])
