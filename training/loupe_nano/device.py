"""Where tensors are made and computed: on a CUDA card where there is one, else on the processor."""

import os

import torch


def choose() -> str:
    """Every tensor made from now on lies there; on the processor all cores this process may use count."""
    if torch.cuda.is_available():
        torch.set_default_device("cuda")
    else:
        torch.set_num_threads(len(os.sched_getaffinity(0)))
    return torch.get_default_device().type


def half() -> torch.autocast:
    """bfloat16 where it is safe, on the chosen device."""
    return torch.autocast(torch.get_default_device().type, torch.bfloat16)


def random(seed: int) -> torch.Generator:
    return torch.Generator(torch.get_default_device()).manual_seed(seed)
