"""The functions of kernels.c as steps that PyTorch can differentiate. Compiled by the C compiler on first use."""
import ctypes
import hashlib
import os
import platform
import subprocess

import torch

FLAGS = ("-O3", "-march=native", "-ffast-math", "-shared", "-fPIC")


def cpu():
    """The instructions of this processor, which the library is compiled for."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next((line for line in file if line.startswith("flags")), "")
    except OSError:
        return ""


def library():
    folder = os.path.dirname(os.path.abspath(__file__))
    source = os.path.join(folder, "kernels.c")
    with open(source, "rb") as file:
        kind = " ".join(FLAGS) + platform.platform() + platform.processor() + cpu()
        name = hashlib.sha256(file.read() + kind.encode()).hexdigest()[:16]
    path = os.path.join(folder, "runs", f"kernels-{name}.so")
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run([os.environ.get("CC", "cc"), *FLAGS, source, "-o", f"{path}.new", "-lm"], check=True)
        os.replace(f"{path}.new", path)
    return ctypes.CDLL(path)


C = library()


def call(function, *arguments):
    """Tensors go as their addresses; they must be contiguous."""
    for argument in arguments:
        if isinstance(argument, torch.Tensor):
            assert argument.is_contiguous() and argument.dtype in (torch.float32, torch.int64)
    function(*(ctypes.c_void_p(a.data_ptr()) if isinstance(a, torch.Tensor) else ctypes.c_int64(a) for a in arguments))


class Recurrence(torch.autograd.Function):
    """pre [B, T, 3 d], x [B, T, d], lengths [B] -> y [B, T, d]."""

    @staticmethod
    def forward(ctx, pre, x, lengths):
        B, T, d = x.shape
        gates, x = pre.float().contiguous(), x.contiguous()
        if gates.data_ptr() == pre.data_ptr():
            gates = gates.clone()
        h, y = torch.empty_like(x), torch.empty_like(x)
        call(C.recurrence_forward, gates, x, lengths, h, y, B, T, d)
        ctx.save_for_backward(gates, x, h, lengths)
        ctx.dtype = pre.dtype
        return y

    @staticmethod
    def backward(ctx, dy):
        gates, x, h, lengths = ctx.saved_tensors
        B, T, d = x.shape
        dx, dpre, carry = torch.empty_like(x), torch.empty_like(gates), x.new_empty(d)
        call(C.recurrence_backward, gates, x, h, dy.contiguous(), lengths, dx, dpre, carry, B, T, d)
        return dpre.to(ctx.dtype), dx, None


class Convolution(torch.autograd.Function):
    """taps [K, 6 d] of types, ids [B, T], lengths [B], bias [2 d] -> y [B, T, d]."""

    @staticmethod
    def forward(ctx, taps, ids, lengths, bias):
        (B, T), d = ids.shape, bias.shape[0] // 2
        sums, y = bias.new_empty(B, T, 2 * d), bias.new_empty(B, T, d)
        call(C.convolution_forward, taps.float().contiguous(), ids, lengths, bias, sums, y, B, T, d)
        ctx.save_for_backward(ids, lengths, sums)
        ctx.shape, ctx.dtype = taps.shape, taps.dtype
        return y

    @staticmethod
    def backward(ctx, dy):
        ids, lengths, sums = ctx.saved_tensors
        B, T, d2 = sums.shape
        dtaps, dbias = sums.new_zeros(ctx.shape), sums.new_zeros(d2)
        call(C.convolution_backward, sums, ids, lengths, dy.contiguous(), dtaps, dbias, sums.new_empty(d2), B, T,
             d2 // 2)
        return dtaps.to(ctx.dtype), None, None, dbias


class Chain(torch.autograd.Function):
    """logits [S, L, K], chain [K, K], tags [S, L], lengths [S] -> negative log-likelihoods [S]."""

    @staticmethod
    def forward(ctx, logits, chain, tags, lengths):
        S, L, K = logits.shape
        loss, dlogits, dchain = logits.new_empty(S), torch.empty_like(logits), logits.new_zeros(S, K, K)
        call(C.chain_loss, logits.contiguous(), chain.contiguous(), tags, lengths, loss, dlogits, dchain,
             logits.new_empty(2 * L * K), S, L, K)
        ctx.save_for_backward(dlogits, dchain)
        return loss

    @staticmethod
    def backward(ctx, dy):
        dlogits, dchain = ctx.saved_tensors
        return dlogits * dy[:, None, None], (dchain * dy[:, None, None]).sum(0), None, None
