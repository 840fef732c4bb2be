"""How many: the numbers a report gives, with their bounds, who is counted, and which event each belongs to."""

from evenhand.reading.quantities.attach import quantities_of_event, quantities_of_events
from evenhand.reading.quantities.find import find
from evenhand.reading.quantities.mention import QuantityMention

__all__ = ["QuantityMention", "find", "quantities_of_event", "quantities_of_events"]
