"""Overdispersion: whether units differ by more than chance allows, by how much, and limits that allow for it.

Policy, not statistics: adjusting limits declares the usual spread between trusts to be nobody's
fault. Whoever shows adjusted figures shows the unadjusted ones beside them, and says which of the
two drives a rating.
"""
