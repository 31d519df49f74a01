"""Cuts the inner layers of a trained parser to the neurons that carry most.

What a neuron carries is how much its value varies over text, times the norm of the weights
that read it; the mean of one that is cut goes into the bias.
"""

import torch

import model as networks


@torch.no_grad()
def narrow(model: networks.Parser, batches, inner: int) -> dict[str, torch.Tensor]:
    """The weights of the same network with inner layers of `inner`; `batches` are text."""
    model.eval()
    sums = [[0, 0.0, 0.0] for _ in model.layers]
    hooks = []
    for layer, found in zip(model.layers, sums):
        def count(_, inputs, found=found):
            wide = inputs[0].flatten(0, -2).float()
            found[0] += len(wide)
            found[1] += wide.sum(0)
            found[2] += (wide**2).sum(0)

        hooks.append(layer.down.register_forward_pre_hook(count))
    for batch in batches:
        model(batch)
    for hook in hooks:
        hook.remove()
    weights = {k: v.clone() for k, v in model.state_dict().items()}
    for n, (count, total, squares) in enumerate(sums):
        name = f"layers.{n}."
        mean = total / count
        varies = (squares / count - mean**2).clamp(min=0).sqrt()
        down = weights[name + "down.weight"]
        chosen = (varies * down.norm(dim=0)).topk(inner).indices.sort().values
        cut = torch.ones(len(mean), dtype=torch.bool)
        cut[chosen] = False
        weights[name + "down.bias"] += down[:, cut] @ mean[cut]
        weights[name + "down.weight"] = down[:, chosen].contiguous()
        weights[name + "up.weight"] = weights[name + "up.weight"][chosen].contiguous()
        weights[name + "up.bias"] = weights[name + "up.bias"][chosen].contiguous()
    return weights
