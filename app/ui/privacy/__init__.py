"""What the law asks for the people followed: information, consent, retention, access, erasure."""
