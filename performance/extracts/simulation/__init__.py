"""Extracts that are made up, as large as they are asked for, with what has to be counted in them."""

from performance.extracts.simulation.simulate import Plan, Simulated, simulate
from performance.extracts.simulation.write import write

__all__ = ["Plan", "Simulated", "simulate", "write"]
