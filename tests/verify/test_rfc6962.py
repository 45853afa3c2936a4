"""The tree of RFC 6962 by three programs: the office's, the verifier at the command line, the page's."""

import json
import subprocess
from pathlib import Path

import pytest

from chalicelib.domain import merkle
from infra.verify import logs

PAGE = Path(__file__).parents[2] / "web" / "assets" / "proof.js"
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The vectors of the reference implementation of Certificate Transparency (RFC 6962): the root over the first n."""
HASHES = [merkle.leaf(bytes.fromhex(each)) for each in LEAVES]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_vectors(size: int) -> None:
    assert merkle.root(HASHES[:size]).hex() == ROOTS[size]
    assert [logs.leaf_hash(bytes.fromhex(each)) for each in LEAVES] == HASHES
    assert logs.tree_hash(HASHES[:size]).hex() == ROOTS[size]


def test_the_path_of_the_example_in_the_rfc() -> None:
    """Section 2.1.3: the tree of seven leaves."""
    a, b, c, d, e, f, j = HASHES[:7]
    g, h, i = merkle.node(a, b), merkle.node(c, d), merkle.node(e, f)
    k, l_ = merkle.node(g, h), merkle.node(i, j)
    seven = HASHES[:7]
    assert merkle.path(0, seven) == [b, h, l_]
    assert merkle.path(3, seven) == [c, g, l_]
    assert merkle.path(4, seven) == [f, j, k]
    assert merkle.path(6, seven) == [i, k]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 13, 64, 65, 300])
def test_every_path_leads_to_the_root_and_to_no_other_place(size: int) -> None:
    hashes = [merkle.leaf(str(each).encode()) for each in range(size)]
    root = merkle.root(hashes)
    for index in range(size):
        path = merkle.path(index, hashes)
        assert logs.root_of_path(index, size, hashes[index], path) == root
        if size > 1:
            try:
                elsewhere = logs.root_of_path((index + 1) % size, size, hashes[index], path)
            except logs.Fault:
                continue
            assert elsewhere != root


def test_the_page_comes_to_the_same_roots_and_paths() -> None:
    cases = [[index, size] for size in (1, 2, 3, 7, 8, 13, 65) for index in range(size)]
    program = f"""
        const proof = require({json.dumps(str(PAGE))});
        (async () => {{
          const leaves = await Promise.all({json.dumps(LEAVES)}.map((each) => proof.leafHash(proof.unhex(each))));
          const roots = [];
          for (let n = 0; n <= 8; n += 1) roots.push(proof.hex(await proof.treeHash(leaves.slice(0, n))));
          const led = [];
          for (const [index, size, leaf, path] of {json.dumps(_paths(cases))})
            led.push(proof.hex(await proof.rootOfPath(index, size, proof.unhex(leaf), path.map(proof.unhex))));
          console.log(JSON.stringify({{ roots, led }}));
        }})();"""
    told = json.loads(subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True).stdout)
    assert told["roots"] == ROOTS
    assert told["led"] == [merkle.root(_numbered(size)).hex() for _, size in cases]


def _numbered(size: int) -> list[bytes]:
    return [merkle.leaf(str(each).encode()) for each in range(size)]


def _paths(cases: list[list[int]]) -> list[list[object]]:
    found: list[list[object]] = []
    for index, size in cases:
        hashes = _numbered(size)
        found.append([index, size, hashes[index].hex(), [each.hex() for each in merkle.path(index, hashes)]])
    return found
