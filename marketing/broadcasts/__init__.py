"""Broadcasts: when each person's moment is, who gets one and who does not, and letters written a thousand at a time."""
