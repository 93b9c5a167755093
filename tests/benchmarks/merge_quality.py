"""`python -m tests.benchmarks.merge_quality`: how well two edits of one bullet merge.

For bullets of a real guide (the corpus where it is, else the guide that ships), two people each
edit some words at random places. Counted are merges, conflicts, and merges that do not hold both
edits exactly, for our merge and for `git merge-file`, by line and with a word a line.
"""

import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from guide_site.core import words

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared/corpus/open-guide-aws-2022-08.md"
SHIPPED = ROOT / "fixtures/guide-aws.md"
CASES = 2000
SHORTEST = 8  # words of a bullet that two people may edit


def main(cases=CASES, seed=7):
    """Print the table; exit with 1 if any of our merges is wrong."""
    chance = random.Random(seed)
    texts = _bullets()
    found = {name: Counter() for name in MERGES}
    for number in range(cases):
        base = chance.choice(texts)
        ours, theirs = _edit(base, "A", number, chance), _edit(base, "B", number, chance)
        for name, merge in MERGES.items():
            found[name][_judged(merge, base, ours, theirs)] += 1
    print(f"{cases} pairs of edits on {len(texts)} bullets (seed {seed})")
    print(f"{'':28}{'merged':>9}{'conflict':>10}{'wrong':>8}")
    for name, counts in found.items():
        shares = [100 * counts[kind] / cases for kind in ("merged", "conflict", "wrong")]
        print(f"{name:28}" + "".join(f"{share:>8.1f} %" for share in shares))
    return bool(found["this project"]["wrong"])


def _bullets():
    file = CORPUS if CORPUS.exists() else SHIPPED
    lines = [line.strip().lstrip("-* ") for line in file.read_text("utf-8").splitlines()]
    return [line for line in lines if len(line.split()) >= SHORTEST and not line.startswith("|")]


def _edit(base, who, number, chance):
    """[(start, end, words instead)] on the words of `base`, in order, apart from each other."""
    count = len(base.split())
    edits, position = [], 0
    for place in sorted(chance.sample(range(count), k=min(count, chance.randint(1, 3)))):
        if place < position:
            continue
        length = chance.choice([0, 1, 1, 2, 3])
        end = min(count, place + length)
        new = [f"{who}{number}x{place}y{k}" for k in range(chance.choice([0, 1, 1, 2]))]
        if new or end > place:
            edits.append((place, end, new))
            position = end + 2
    return edits


def _applied(base, edits):
    tokens, result, position = base.split(), [], 0
    for start, end, new in edits:
        result += [*tokens[position:start], *new]
        position = end
    return " ".join([*result, *tokens[position:]])


def _judged(merge, base, ours, theirs):
    """“merged”, “conflict”, or “wrong” if a merge lost or doubled a word of either edit."""
    base = " ".join(base.split())
    merged = merge(base, _applied(base, ours), _applied(base, theirs))
    if merged is None:
        return "conflict"
    tokens = base.split()
    gone = {n for start, end, _ in [*ours, *theirs] for n in range(start, end)}
    expected = Counter(token for n, token in enumerate(tokens) if n not in gone)
    expected.update(word for _, _, new in [*ours, *theirs] for word in new)
    return "merged" if Counter(merged.split()) == expected else "wrong"


def _by_words(base, ours, theirs):
    return words.merge(base, ours, theirs).text


def _git(base, ours, theirs):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_text(text + "\n", "utf-8")
        command = ["git", "merge-file", "-p", "-q", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _git_by_words(base, ours, theirs):
    return _git(*(text.replace(" ", "\n") for text in (base, ours, theirs)))


MERGES = {
    "this project": _by_words,
    "git merge-file": _git,
    "git merge-file, word a line": _git_by_words,
}

if __name__ == "__main__":
    sys.exit(main())
