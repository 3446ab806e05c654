"""What the law asks for the people followed (RGPD): erasure, anonymisation, consent, access."""
