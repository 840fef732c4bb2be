"""When: the times a report names, counted from its date, and which of them an event has."""

from evenhand.model.dates import headline_date
from evenhand.reading.times.attach import time_of_event, times_of_events
from evenhand.reading.times.find import dated_spans, find
from evenhand.reading.times.mention import TimeMention, precision_of

__all__ = [
    "TimeMention", "dated_spans", "find", "headline_date", "precision_of", "time_of_event", "times_of_events",
]  # fmt: skip
