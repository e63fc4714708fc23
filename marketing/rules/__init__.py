"""When a message may go out. Each rule says what it saw, so that a person can read why, or why not."""

from marketing.rules.check import Check, Rule, decision, minute, verdict

__all__ = ["Check", "Rule", "decision", "minute", "verdict"]
