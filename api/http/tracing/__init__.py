"""Requests and their stages as traces for an OpenTelemetry collector, where one is set."""
