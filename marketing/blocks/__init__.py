"""Letters made of blocks: what a block may hold, a letter as plain data, what is wrong with it, and how it looks."""

from marketing.blocks.content import Block, Content
from marketing.blocks.kinds import KINDS, Kind

__all__ = ["KINDS", "Block", "Content", "Kind"]
