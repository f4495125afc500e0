"""How `torch_runs.json` was made: `pip install torch`, then `python tests/descent/torch_runs.py > tests/descent/torch_runs.json`.

Twenty steps of each method in float64, by PyTorch's own optimisers and its own derivatives.
"""

import json

import torch

MAKERS = {
    "gradient-descent": lambda w: torch.optim.SGD([w], lr=0.001),
    "momentum": lambda w: torch.optim.SGD([w], lr=0.0005, momentum=0.9),
    "nesterov": lambda w: torch.optim.SGD([w], lr=0.0005, momentum=0.9, nesterov=True),
    "rmsprop": lambda w: torch.optim.RMSprop([w], lr=0.01, alpha=0.99, eps=1e-8),
    "adam": lambda w: torch.optim.Adam([w], lr=0.05, betas=(0.9, 0.999), eps=1e-8),
}
LOSSES = {
    "rosenbrock": ([-1.2, 1.0], lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2),
    "ravine": ([10.0, 1.0], lambda w: w[0] ** 2 / 2 + 50 * w[1] ** 2),
}


def way(name, method):
    start, loss = LOSSES[name]
    weights = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimiser = MAKERS[method](weights)
    path = [weights.tolist()]
    for _ in range(20):
        optimiser.zero_grad()
        loss(weights).backward()
        optimiser.step()
        path.append(weights.tolist())
    return {"problem": name, "method": method, "rate": optimiser.defaults["lr"], "path": path}


if __name__ == "__main__":
    print(json.dumps([way(name, method) for name in LOSSES for method in MAKERS], indent=1))
