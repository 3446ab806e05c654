"""People who may be twice in the notebook: shown side by side, made one, or told apart."""
