"""Seconds per AutoRec training step in PyTorch on a CPU: I-500-I, sigmoid twice, squared error over all entries, Adam. One JSON line."""
import argparse
import json
import os
import resource
import time

ap = argparse.ArgumentParser()
ap.add_argument("--threads", type=int, default=1)
ap.add_argument("--seconds", type=float, default=6.0)
a = ap.parse_args()
os.environ.setdefault("OMP_NUM_THREADS", str(a.threads))
import torch

torch.set_num_threads(a.threads)
torch.manual_seed(0)
B, I, H = 500, 3416, 500
net = torch.nn.Sequential(torch.nn.Linear(I, H), torch.nn.Sigmoid(), torch.nn.Linear(H, I), torch.nn.Sigmoid())
opt = torch.optim.Adam(net.parameters(), lr=1e-3, fused=True)
batches = [(torch.rand(B, I) < 0.045).float() for _ in range(4)]


def step(x):
    loss = ((x - net(x)) ** 2).sum() / B
    opt.zero_grad(set_to_none=True)
    loss.backward()
    opt.step()
    return loss.item()


for k in range(2):
    step(batches[k])
times, begun = [], time.perf_counter()
while time.perf_counter() - begun < a.seconds or len(times) < 3:
    t = time.perf_counter()
    step(batches[len(times) % 4])
    times.append(time.perf_counter() - t)
times.sort()
print(json.dumps({"name": "autorec", "seconds_per_step": times[len(times) // 2], "fastest": times[0], "threads": a.threads, "torch": torch.__version__,
                  "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}))
