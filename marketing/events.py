"""What the writing desk announces.

`segment_changed` carries `segment_id` and the ids of the profiles that `entered` and `left`: after the commit, each
move once. Who misses one finds it in the memberships.
"""

from django.dispatch import Signal

segment_changed = Signal()
