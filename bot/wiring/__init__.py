"""Settings in; a ready bot, playground or command out. Chooses implementations and decides nothing."""
