"""The root of a night holds every case once, proves each, and notices what was rewritten or is gone."""

from datetime import timedelta

import pytest

from chalicelib.store import chain, keys, roots, signing
from chalicelib.store.table import Busy
from infra.verify.logs import Fault
from infra.verify.signed import check_inclusion, check_roots
from tests.triggers.world import TREE, World
from tests.verify.signer import KEYS, SIGNER


@pytest.fixture
def world() -> World:
    return World()


def publish(world: World, kept: list[bytes] | None = None) -> roots.Published | None:
    """One night."""
    keep = (kept if kept is not None else []).append
    return roots.publish(world.table, world.cases.keys, TREE, SIGNER, world.at, lambda _, leaves: keep(leaves))


def proof(world: World, case_id: str) -> dict[str, object] | None:
    return roots.inclusion(world.table, world.cases.keys, case_id)


def test_every_case_of_several_tiles_is_proved_and_no_other_is(world: World) -> None:
    filed = [world.file(number=100_000_000 + number) for number in range(300)]
    kept: list[bytes] = []
    done = publish(world, kept)
    assert done is not None
    assert len(kept[0].splitlines()) == 300
    for case_id in filed:
        assert check_inclusion(proof(world, case_id), KEYS, None)["size"] == 300
    later = world.file(number=900_000_000)
    assert proof(world, later) is None


def test_a_proof_of_one_case_is_none_of_another(world: World) -> None:
    one, other = world.file(number=1), world.file(number=2)
    publish(world)
    found = proof(world, one)
    assert found is not None
    with pytest.raises(Fault, match="blind"):
        check_inclusion(found | {"case": other}, KEYS, None)
    with pytest.raises(Fault, match="path"):
        check_inclusion(found | {"index": 1 - int(str(found["index"]))}, KEYS, None)


def test_a_leaf_names_no_case_and_no_leaf_is_the_same_for_another_office(world: World) -> None:
    case_id = world.file()
    kept: list[bytes] = []
    publish(world, kept)
    assert case_id.encode() not in kept[0]


def test_nights_are_chained_and_a_day_has_one_root(world: World) -> None:
    case_id = world.file()
    assert publish(world) is not None
    assert publish(world) is None
    for _ in range(3):
        world.at += timedelta(days=1)
        assert publish(world) is not None
    world.forward(case_id)
    listed = roots.published(world.table, limit=10)
    assert [root["no"] for root in check_roots(listed, KEYS)] == [4, 3, 2, 1]
    with pytest.raises(Fault, match="root:"):
        check_roots([listed[0], *listed[2:]], KEYS)
    assert roots.published(world.table, limit=10, before="2026-11-27") == listed[2:]


def test_a_case_that_goes_on_is_sound_and_one_that_was_rewritten_is_not(world: World) -> None:
    goes_on, rewritten = world.file(number=1), world.file(number=2)
    world.forward(rewritten)
    publish(world)
    world.forward(goes_on)
    _rewrite_whole(world, rewritten)
    world.at += timedelta(days=1)
    done = publish(world)
    assert done is not None
    assert (done.rewritten, done.missing) == ((keys.case(rewritten),), 0)


def _rewrite_whole(world: World, case_id: str) -> None:
    """As somebody would who may write everything: another first event, and a chain and a head that fit it."""
    prev = b""
    for row in world.table.query(keys.case(case_id), prefix=keys.EVENTS).items:
        said = chain.decoded(chain.unpack(row["body"]).decode()) | {"prev": prev.hex()}
        said["at"] = said["at"].replace("2026", "2027")
        body = chain.coded(said)
        prev = chain.digest(body)
        world.table.put(row | {"body": chain.pack(body)})
    case = world.table.get(keys.case(case_id), keys.CASE)
    assert case is not None
    world.table.put(case | {"head": prev})
    chain.verify(world.table.query(keys.case(case_id), prefix=keys.EVENTS).items, prev)


def test_a_case_that_stands_in_no_list_any_more_is_missed(world: World) -> None:
    gone = world.file()
    publish(world)
    case = world.table.get(keys.case(gone), keys.CASE)
    assert case is not None
    world.table.put({name: held for name, held in case.items() if not name.startswith("list_")})
    world.at += timedelta(days=1)
    done = publish(world)
    assert done is not None
    assert done.missing == 1


def test_a_root_that_could_not_be_kept_is_not_published(world: World) -> None:
    world.file()

    def fails(*_: object) -> None:
        raise Busy("the bucket does not answer")

    with pytest.raises(Busy):
        roots.publish(world.table, world.cases.keys, TREE, SIGNER, world.at, fails)
    assert roots.published(world.table, limit=1) == []
    assert publish(world) is not None


def test_a_key_is_published_under_the_name_its_bytes_give_it(world: World) -> None:
    signing.publish(world.table, SIGNER, "2026-11-25T02:00:00Z")
    signing.publish(world.table, SIGNER, "2027-01-01T00:00:00Z")
    (key,) = signing.published(world.table)
    assert (key["key"], key["alg"], key["from"]) == (SIGNER.key, "ES256", "2026-11-25T02:00:00Z")
