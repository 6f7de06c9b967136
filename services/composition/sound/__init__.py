"""Signal processing of the soundtrack in numpy. A signal is float32 of shape (channels, samples) at 48 kHz, full scale 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float32]
