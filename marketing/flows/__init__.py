"""Flows: definitions as data, the machine that moves people through them, what sets them off, and rehearsals.

The machine is pure: `machine.advance(definition, state, world, now)`. Live it asks a world that reads today's rows,
in a rehearsal one that knows what was known then.
"""
