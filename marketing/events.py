"""What the writing desk announces, after the commit, each move once.

`segment_changed` carries `segment_id` and the ids of the profiles that `entered` and `left`: who misses one finds it in
the memberships. `stage_changed` carries `profile_id`, `before` and `after` (values of Profile.Stage): who misses one
finds it in the log of events.
"""

from django.dispatch import Signal

segment_changed = Signal()
stage_changed = Signal()
