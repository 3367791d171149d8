"""Returns that no trust sent: made by chance, with a truth planted in them that is written down.

The public record holds no table of trusts' timeliness, nor one of reoffending by trust. These
returns stand in for both, so that all there is to see can be seen, and so that what is found can
be compared with what is there to find. Sizes and spreads come from the record where it has them
(`record`), and are assumed where it hasn't (`assumptions`). Plain arrays and frames: no database.
"""

from performance.returns.simulation.files import OtherFilesError, write
from performance.returns.simulation.frame import frame_of
from performance.returns.simulation.simulate import Simulation, simulate

__all__ = ["OtherFilesError", "Simulation", "frame_of", "simulate", "write"]
