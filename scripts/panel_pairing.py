"""Which receipt belongs to which message, for audit.py."""

import numpy as np


def leads(sent, sent_code, got, got_code, shortest, longest):
    """Days each message takes. They are fixed for a sender and a receiver: those that most receipts of the pair agree with."""
    if shortest == longest:
        return shortest
    received = {}
    for code, day in zip(got_code, got["day"]):
        received.setdefault(code, []).append(day)
    votes = {}
    for code, *pair, day in zip(sent_code, sent["from"], sent["to"], sent["day"]):
        mine = votes.setdefault(tuple(pair), np.zeros(longest - shortest + 1, int))
        for arrival in received.get(code, ()):
            if shortest <= arrival - day <= longest:
                mine[arrival - day - shortest] += 1
    return np.array([shortest + int(np.argmax(votes[pair])) for pair in zip(sent["from"], sent["to"])], np.int64)


def pair_days(sent_code, arrival, got_code, got_day):
    """Pairs receipts with messages of the same code that arrive on the same day.
    @return indices of messages without a receipt, and of receipts without a message"""
    due = {}
    for i in range(len(sent_code)):
        due.setdefault((sent_code[i], arrival[i]), []).append(i)
    lost, orphans = set(range(len(sent_code))), []
    for i in range(len(got_code)):
        open_messages = due.get((got_code[i], got_day[i]))
        if open_messages:
            lost.discard(open_messages.pop(0))
        else:
            orphans.append(i)
    return np.array(sorted(lost), int), np.array(orphans, int)


def pair_windows(sent_code, sent_day, got_code, got_day, shortest, longest):
    """Pairs receipts with the oldest open message of the same code that may arrive on their day, where leads change while a run goes on.
    @return indices of messages without a receipt, and of receipts without a message"""
    waiting = {}
    for i in np.argsort(sent_day, kind="stable"):
        waiting.setdefault(sent_code[i], []).append(int(i))
    lost, orphans = set(range(len(sent_code))), []
    for i in np.argsort(got_day, kind="stable"):
        mine = waiting.get(got_code[i], [])
        found = next((m for m in mine if shortest <= got_day[i] - sent_day[m] <= longest), None)
        if found is None:
            orphans.append(int(i))
        else:
            mine.remove(found)
            lost.discard(found)
    return np.array(sorted(lost), int), np.array(sorted(orphans), int)
