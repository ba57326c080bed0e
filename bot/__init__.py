"""Power reflection bot: partner organisations reflect, safely and over years, on who decides what."""
