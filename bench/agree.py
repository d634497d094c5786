"""Whether another program's clusters are ours: core points, noise, and the parts of core points.

Border points are left out: we give them to the nearest core point, others to the first found.
"""
import numpy as np


def disagreement(directory, label, core):
    """What differs from our labels in that folder, in words; empty when nothing does."""
    our_label = np.fromfile(f"{directory}/label.i32", np.int32)
    our_core = np.fromfile(f"{directory}/core.u8", np.uint8)
    label = np.asarray(label)
    if not np.array_equal(core, our_core):
        return f"{int(np.sum(core != our_core))} core flags"
    if not np.array_equal(label < 0, our_label < 0):
        return f"{int(np.sum((label < 0) != (our_label < 0)))} noise points"
    pairs = np.unique(np.column_stack([label, our_label])[core == 1], axis=0)
    clusters = len(np.unique(our_label[core == 1]))
    if len(pairs) != clusters or len(np.unique(pairs[:, 0])) != clusters:
        return "the parts of core points"
    return ""
