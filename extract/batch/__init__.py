"""Feeds through the pipeline: the run, its errors file, its resumption."""
