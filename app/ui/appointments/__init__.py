"""Appointments on screen: the dialog, what is said of one, what is done with one, the card for the person."""
