"""Sending the outbox and receiving the rest: no Qt, no thread, no transaction open while the network is waited for."""
