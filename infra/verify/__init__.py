"""Programs that check what the office gives out. Each runs by itself with Python alone and shares no code with it."""
