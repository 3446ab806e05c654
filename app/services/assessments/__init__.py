"""The digital assessment (« diagnostic numérique »): its questions, its scores, what is kept and advised."""
