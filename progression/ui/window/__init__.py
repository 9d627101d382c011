"""What holds the pages: the window, rail, menu, palette, status bar, locks, faults."""
