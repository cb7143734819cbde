"""Writes a checkpoint as the weights file and description that sayso reads: `weights.safetensors` and `model.toml`.

    python train/weights.py train/runs/model.pt models/NAME --name NAME --version 1

Tables go as 8-bit numbers with a scale a row, everything else as 16-bit floats (biases and norms as 32-bit).
"""
import argparse
import hashlib
import json
import os
import struct
import tomllib

import numpy as np
import torch

# Label sets in the description, and the size of the head that must agree.
SIZES = ("width", "layers", "row_width", "arc", "rel", "edit", "names", "cue", "attribution", "attribution_layers", "state", "sense",
         "role", "role_width", "role_layers")
LABEL_SETS = ("upos", "xpos", "feats", "deprel", "edit", "roleset", "role")
DTYPES = {np.dtype(np.float32): "F32", np.dtype(np.float16): "F16", np.dtype(np.int8): "I8", np.dtype(np.uint64): "U64"}
NUMPY = {name: dtype for dtype, name in DTYPES.items()}


def eight_bits(name, table):
    """A table [n, width] as rows of 8 bits, with a scale a row."""
    scale = np.maximum(np.abs(table).max(1), 1e-9) / 127
    return {name: np.rint(table / scale[:, None]).astype(np.int8), f"{name}.scale": scale.astype(np.float32)}


def tensors(checkpoint):
    net = {name: values.numpy() for name, values in checkpoint["net"].items()}
    out = eight_bits("embedding.rows.weight", net.pop("embedding.rows.weight"))
    keys = checkpoint["keys"]
    order = np.argsort(keys)
    vectors = checkpoint["vectors"].numpy()
    vectors = np.concatenate([vectors[:1], vectors[1:][order]])
    out |= eight_bits("embedding.vectors", vectors)
    out["embedding.keys"] = keys[order]
    for name, values in net.items():
        small = values.ndim == 1 or "distance" in name
        out[name] = values.astype(np.float32 if small else np.float16)
    return out


def safetensors(arrays):
    """The bytes of a safetensors file, tensors in order of name."""
    header, blobs, at = {}, [], 0
    # Wider numbers first, so that every tensor starts at a multiple of its number's size.
    for name, array in sorted(arrays.items(), key=lambda item: (-item[1].dtype.itemsize, item[0])):
        blob = np.ascontiguousarray(array).tobytes()
        header[name] = dict(dtype=DTYPES[array.dtype], shape=list(array.shape), data_offsets=[at, at + len(blob)])
        blobs.append(blob)
        at += len(blob)
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    return struct.pack("<Q", len(head)) + head + b"".join(blobs)


def read(folder):
    """The tensors of a model folder as float64 arrays, 8-bit rows multiplied out."""
    with open(os.path.join(folder, "weights.safetensors"), "rb") as file:
        blob = file.read()
    (length,) = struct.unpack_from("<Q", blob)
    header, start = json.loads(blob[8:8 + length]), 8 + length
    raw = {}
    for name, entry in header.items():
        a, b = entry["data_offsets"]
        raw[name] = np.frombuffer(blob[start + a:start + b], NUMPY[entry["dtype"]]).reshape(entry["shape"])
    out = {}
    for name, values in raw.items():
        if values.dtype == np.int8:
            out[name] = values.astype(np.float64) * raw[f"{name}.scale"][:, None].astype(np.float64)
        elif values.dtype == np.uint64:
            out[name] = values
        elif not name.endswith(".scale"):
            out[name] = values.astype(np.float64)
    return out


def describe(folder):
    """The description of a model folder."""
    with open(os.path.join(folder, "model.toml"), "rb") as file:
        return tomllib.load(file)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def description(args, checkpoint, arrays, file):
    config, names = checkpoint["config"], checkpoint["names"]
    numbers = {key: config[key] for key in SIZES}
    numbers |= dict(vector_width=checkpoint["vectors"].shape[1])
    lines = [f"name = {quoted(args.name)}", f"version = {quoted(args.version)}", "", "[weights]",
             'file = "weights.safetensors"', f"bytes = {len(file)}", f'sha256 = "{hashlib.sha256(file).hexdigest()}"',
             "", "[numbers]"]
    lines += [f"{key} = {value}" for key, value in numbers.items()]
    lines += ["", "[labels]"]
    for key in LABEL_SETS:
        lines.append(f"{key} = [{', '.join(map(quoted, names[key]))}]")
    lines += ["", "[tensors]"]
    for name, array in sorted(arrays.items()):
        lines.append(f'{quoted(name)} = {{ dtype = "{DTYPES[array.dtype]}", shape = {list(array.shape)} }}')
    return "\n".join(lines) + "\n"


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint")
    p.add_argument("folder")
    p.add_argument("--name", required=True)
    p.add_argument("--version", required=True)
    p.add_argument("--names-bias", default="", help="added to the log-odds of the name kinds, person first: 0.15,-0.15")
    args = p.parse_args()
    checkpoint = torch.load(args.checkpoint, weights_only=False)
    for kind, more in enumerate(filter(None, args.names_bias.split(","))):
        # Four tags a kind, after the one of no name.
        checkpoint["net"]["names.2.bias"][1 + 4 * kind:5 + 4 * kind] += float(more)
    arrays = tensors(checkpoint)
    file = safetensors(arrays)
    os.makedirs(args.folder, exist_ok=True)
    with open(os.path.join(args.folder, "weights.safetensors"), "wb") as out:
        out.write(file)
    with open(os.path.join(args.folder, "model.toml"), "w", encoding="utf-8") as out:
        out.write(description(args, checkpoint, arrays, file))
    print(f"{args.folder}: {len(file) / 1e6:.1f} MB, {len(arrays)} tensors")


if __name__ == "__main__":
    main()
