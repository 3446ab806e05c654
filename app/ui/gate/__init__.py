"""What the window shows before the notebook is open: opening, unlocking, first set-up."""
