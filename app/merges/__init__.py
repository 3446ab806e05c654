"""What a merge moved and filled in, below the services: an erasure takes it back as well as the advisor does."""
