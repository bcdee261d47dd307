"""Imported once for all processes that serve, by the one that they are copies of.

It outlives them: its own end is when nobody is left who could ask it for another.
"""

import gc
import signal

from api.http import application as application

# What would be sent to all processes at once is for those that serve; they end, and it follows.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
gc.collect()
# A collection of garbage would write to what is shared.
gc.freeze()
