"""The central server: keeps what the devices send in order, hands it to the notebook's other devices, reads no name."""
