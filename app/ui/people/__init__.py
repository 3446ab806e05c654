"""People followed: the dialog that creates one or changes what is known of one."""
