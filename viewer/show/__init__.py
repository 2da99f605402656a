"""The course of a show: order, position, time, and what is wanted next."""
