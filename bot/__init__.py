"""Power reflection bot: partner organisations reflect, safely and over years, on who decides what."""

__version__ = "0.1.0"
