"""What makes a claim: each program here prints one figure a line and never asserts a time."""

import logging

import structlog

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
"""Figures alone on the screen; warnings still show."""
