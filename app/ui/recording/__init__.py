"""The recording form: one page, in the order of the conversation."""
