"""Actual against predicted reoffending.

Reconstructed: which test the Ministry's Local Adult Reoffending used isn't in the public record.
Hedderman found that the measure led to unfair comparisons and was easy to manipulate; that belongs
beside the figures. A difference is what is left after the prediction, and the prediction's own error
is part of it: nothing here says that a trust brought it about. How uncertain the prediction's
coefficients are isn't counted either: little, where they rest on 20 times a trust's cases or more.
"""
