"""How days and times are written where Django writes them; the parts of a day are those of `catalog.moments`."""
