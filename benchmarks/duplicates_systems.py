"""One system on the work of `duplicates.py`, in a process of its own: python duplicates_systems.py NAME IN OUT FOLDER.

Each reads the articles (JSON Lines with `id`, `text`), and writes pairs (JSON arrays of two ids) whose connected
components are its clusters; FOLDER is for what it keeps on the way. None of the peers looks at a pair again: what its
bands propose is its answer. Ours decides on full sets, for which it reads the articles of proposed pairs a second time,
and besides writes what each pair shares, and links for containment and edited copies.
"""

from __future__ import annotations

import json
import pickle
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

PERMUTATIONS, THRESHOLD, WORDS = 128, 0.8, 5


def main() -> None:
    """Run the system that is named."""
    name, source, target, folder = sys.argv[1], *map(Path, sys.argv[2:])
    found = SYSTEMS[name](source, folder)
    with target.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in found)
    # Not ru_maxrss, which begins at what the parent had when it forked.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (folder / "peak_kb").write_text(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def ours(source: Path, _folder: Path) -> Iterator[list[Any]]:
    """corpus-tool: sketches while reading, then proposals, then the full sets of what was proposed."""
    from corpus_tool.link.duplicates import Facts, Options, find_duplicates
    from corpus_tool.link.proposals import Index
    from corpus_tool.link.shingles import sketches

    places, index, facts = array("Q", [0]), Index(), []

    def texts(lines: Iterable[bytes]) -> Iterator[str]:
        for line in lines:
            places.append(places[-1] + len(line))
            article = json.loads(line)
            facts.append(Facts(article["id"], outlet=sys.intern(article["outlet"])))
            yield article["text"]

    with source.open("rb") as lines:
        for number, sketch in enumerate(sketches(texts(lines))):
            index.add(facts[number].id, sketch, None, None)

        def again(names: Iterable[str]) -> Iterator[str]:
            for name in names:
                lines.seek(places[int(name)])
                yield json.loads(lines.readline())["text"]

        found = find_duplicates(index, facts, again)
    for pair in found.pairs:
        yield [pair.first, pair.second, round(pair.jaccard, 4), round(pair.containment, 4), pair.kind(Options())]
    for link in found.links:
        yield [*link.pair[:2], round(link.pair.jaccard, 4), round(link.pair.containment, 4), f"best {link.kind}"]


def _articles(source: Path) -> Iterator[tuple[str, set[str]]]:
    """Ids and shingles as plainly as can be: small letters, words between blanks."""
    with source.open("rb") as lines:
        for line in lines:
            article = json.loads(line)
            words = article["text"].lower().split()
            places = range(len(words) - WORDS + 1)
            yield article["id"], {" ".join(words[at : at + WORDS]) for at in places}


def datasketch(source: Path, _folder: Path) -> Iterator[list[Any]]:
    """MinHash with 128 permutations of xxh32, bands for 0.8; candidates are queried while inserting."""
    import xxhash
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for ident, shingles in _articles(source):
        made = MinHash(num_perm=PERMUTATIONS, hashfunc=xxhash.xxh32_intdigest)
        made.update_batch([shingle.encode() for shingle in shingles])
        for other in lsh.query(made):
            yield [other, ident]
        lsh.insert(ident, made)


def rensa(source: Path, _folder: Path) -> Iterator[list[Any]]:
    """R-MinHash with 128 permutations, 16 bands of 8; candidates are queried after inserting."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(THRESHOLD, PERMUTATIONS, 16)
    names = []
    for number, (ident, shingles) in enumerate(_articles(source)):
        made = RMinHash(PERMUTATIONS, 42)
        made.update(list(shingles))
        for other in lsh.query(made):
            yield [names[other], ident]
        lsh.insert(number, made)
        names.append(ident)


def datatrove(source: Path, folder: Path) -> Iterator[list[Any]]:
    """Its signatures (112 values of xxh64, 14 bands of 8), bands and clusters, with words between blanks."""
    from datatrove.executor.local import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.readers import JsonlReader

    class Blanks:
        def word_tokenize(self, text: str) -> list[str]:
            return text.split()

    config = MinhashConfig()
    signature = MinhashDedupSignature(str(folder / "signatures"), config)
    signature.word_tokenizer = Blanks()
    steps = (
        [JsonlReader(str(source.parent), glob_pattern=source.name), signature],
        [MinhashDedupBuckets(str(folder / "signatures"), str(folder / "buckets"), config=config)],
        [MinhashDedupCluster(str(folder / "buckets"), str(folder / "clusters"), config=config, save_cluster_id=True)],
    )
    for number, pipeline in enumerate(steps):
        tasks = config.num_buckets if number == 1 else 1
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=str(folder / f"log{number}")).run()
    for path in sorted((folder / "buckets").glob("*.dups")):
        for _, first, _, second in struct.iter_unpack("<4I", path.read_bytes()):
            yield [f"{first:08}", f"{second:08}"]


def text_dedup(source: Path, folder: Path) -> Iterator[list[Any]]:
    """Its command `minhash`: 128 permutations of sha1, its own split and bands for 0.8, one process."""
    from text_dedup.minhash import main as command

    command.main(
        [
            *("--path", "json", "--data_files", str(source), "--split", "train", "--column", "text"),
            *("--cache_dir", str(folder / "cache"), "--output", str(folder / "out"), "--debug", "--num_proc", "1"),
            *("--ngram", str(WORDS), "--num_perm", str(PERMUTATIONS), "--threshold", str(THRESHOLD)),
        ],
        standalone_mode=False,
    )
    found = pickle.loads((folder / "out" / "uf.pkl").read_bytes())
    clusters: dict[int, list[int]] = {}
    for number in found.parent:
        clusters.setdefault(found.find(number), []).append(number)
    for cluster in clusters.values():
        for first, second in pairwise(sorted(cluster)):
            yield [f"{first:08}", f"{second:08}"]


SYSTEMS = {"ours": ours, "datasketch": datasketch, "rensa": rensa, "datatrove": datatrove, "text-dedup": text_dedup}

if __name__ == "__main__":
    main()
