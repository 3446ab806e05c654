"""The digital assessment on screen and on paper."""
