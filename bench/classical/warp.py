"""Seconds per WARP epoch of LightFM on the pairs of a file (`user item` a line): `warp.py FILE EPOCHS FACTORS`, one thread."""
import json
import sys
import time

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM

pairs = np.loadtxt(sys.argv[1], dtype=np.int64)
epochs, factors = int(sys.argv[2]), int(sys.argv[3])
plays = sp.coo_matrix((np.ones(len(pairs), np.float32), (pairs[:, 0], pairs[:, 1])))
model = LightFM(no_components=factors, loss="warp", learning_rate=.05, max_sampled=10, random_state=0)
model.fit_partial(plays, epochs=0)
began = time.perf_counter()
model.fit_partial(plays, epochs=epochs, num_threads=1)
print(json.dumps({"name": "WARP epoch", "seconds": (time.perf_counter() - began) / epochs, "rows": len(pairs)}))
