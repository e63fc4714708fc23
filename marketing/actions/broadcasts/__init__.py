"""Broadcasts: set for a moment, planned for a whole segment, handed over by many workers, held and called off."""

from marketing.actions.broadcasts.ending import end
from marketing.actions.broadcasts.planning import plan
from marketing.actions.broadcasts.scheduling import NotReady, schedule, take_back
from marketing.actions.broadcasts.sending import send
from marketing.actions.broadcasts.series import follow_on
from marketing.actions.broadcasts.steering import call_off, pause, resume

__all__ = ["NotReady", "call_off", "end", "follow_on", "pause", "plan", "resume", "schedule", "send", "take_back"]
