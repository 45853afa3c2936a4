"""The root of a night holds every case once, proves each, and notices what was rewritten or is gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.store import chain, keys, roots, signing
from chalicelib.store.roots import Compared
from chalicelib.store.table import Busy, Condition, Item
from infra.verify.logs import Fault
from infra.verify.signed import check_inclusion, check_roots
from tests.triggers.world import TREE, Died, World
from tests.verify.signer import KEYS, SIGNER


@pytest.fixture
def world() -> World:
    return World()


def publish(
    world: World,
    kept: list[bytes] | None = None,
    told: list[Compared] | None = None,
    *,
    keep: Callable[..., None] | None = None,
    at_once: int = 1,
) -> roots.Published | None:
    """One night."""
    heard = told if told is not None else []
    leaves_of = kept if kept is not None else []
    return roots.publish(
        world.table,
        world.cases.keys,
        roots.found(world.table, TREE),
        SIGNER,
        world.at,
        tell=heard.append,
        keep=keep or (lambda _, leaves: leaves_of.append(leaves)),
        at_once=at_once,
    )


def found(compared: Compared) -> list[tuple[str, str]]:
    """What was wrong with which case."""
    return [(fault.kind, fault.pk) for fault in compared.wrong]


def proof(world: World, case_id: str) -> dict[str, object] | None:
    return roots.inclusion(world.table, world.cases.keys, case_id)


def test_every_case_of_several_tiles_is_proved_and_no_other_is(world: World) -> None:
    filed = [world.file(number=100_000_000 + number) for number in range(300)]
    kept: list[bytes] = []
    done = publish(world, kept, at_once=8)
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
    assert found(done.compared) == [("rewritten", keys.case(rewritten))]
    assert done.compared.missing == 0


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
    assert done.compared.missing == 1


def test_a_root_that_could_not_be_kept_is_not_published(world: World) -> None:
    world.file()

    def fails(*_: object) -> None:
        raise Busy("the bucket does not answer")

    with pytest.raises(Busy):
        publish(world, keep=fails)
    assert roots.published(world.table, limit=1) == []
    assert publish(world) is not None


def test_who_died_between_tree_and_root_has_told_what_he_found_and_the_next_run_lays_a_tree_that_fits(
    world: World,
) -> None:
    rewritten, other = world.file(number=1), world.file(number=2)
    world.forward(rewritten)
    publish(world)
    world.at += timedelta(days=1)
    _rewrite_whole(world, rewritten)
    told: list[Compared] = []
    with dies_before_the_root(world), pytest.raises(Died):
        publish(world, told=told)
    assert [found(each) for each in told] == [[("rewritten", keys.case(rewritten))]]
    world.forward(other)
    filed = world.file(number=3)
    assert publish(world, told=told) is not None
    assert [root["no"] for root in check_roots(roots.published(world.table, limit=9), KEYS)] == [2, 1]
    for case_id in (rewritten, other, filed):
        assert check_inclusion(proof(world, case_id), KEYS, None)["size"] == 3


def test_what_was_found_is_told_before_anything_is_kept_or_laid_out(world: World) -> None:
    world.file()
    told: list[Compared] = []

    def unheard(_: object, __: bytes) -> None:
        assert told == [Compared()]
        assert world.table.get(keys.LEAVES, keys.TOP) is None

    assert publish(world, told=told, keep=unheard) is not None


class dies_before_the_root:  # noqa: N801 - reads as what happens
    """The process is killed when all tiles are laid out and the root is not yet there."""

    def __init__(self, world: World) -> None:
        self.table, self.put = world.table, world.table.put

    def __enter__(self) -> None:
        def put(item: Item, when: Condition | None = None) -> None:
            if item["pk"] == keys.ROOTS:
                raise Died
            self.put(item, when)

        self.table.put = put  # type: ignore[method-assign]

    def __exit__(self, *_: object) -> None:
        self.table.put = self.put  # type: ignore[method-assign]


def test_a_case_that_cannot_be_read_holds_up_no_root_and_is_told_every_night(world: World) -> None:
    torn, sound, new = world.file(number=1), world.file(number=2), world.file(number=3)
    row = world.table.get(keys.case(new), keys.event(1))
    assert row is not None
    world.table.put(row | {"body": row["body"][:-3]})
    first = publish(world)
    assert first is not None
    assert found(first.compared) == [("chain_broken", keys.case(new))]
    held = world.table.get(keys.case(torn), keys.event(1))
    assert held is not None
    world.table.put(held | {"body": b"torn"})
    world.table.put(row)
    for _ in range(2):
        world.at += timedelta(days=1)
        done = publish(world)
        assert done is not None
        assert found(done.compared) == [("chain_broken", keys.case(torn))]
        assert done.compared.missing == 0
        for case_id in (torn, sound, new):
            check_inclusion(proof(world, case_id), KEYS, None)
    world.table.put(held)
    world.at += timedelta(days=1)
    done = publish(world)
    assert done is not None
    assert done.compared == Compared(), "what was restored goes on from what was published before it was torn"


@pytest.mark.parametrize("lost", ["version", "head"])
def test_a_case_whose_row_is_damaged_keeps_the_leaf_it_had(world: World, lost: str) -> None:
    case_id = world.file()
    publish(world)
    before = proof(world, case_id)
    assert before is not None
    case = world.table.get(keys.case(case_id), keys.CASE)
    assert case is not None
    world.table.put({name: held for name, held in case.items() if name != lost})
    world.at += timedelta(days=1)
    done = publish(world)
    assert done is not None
    assert found(done.compared) == [("case_missing", keys.case(case_id))]
    assert done.compared.sealed == {keys.case(case_id)}, "of which nobody can tell"
    after = proof(world, case_id)
    assert after is not None
    assert after["leaf"] == before["leaf"]


def test_a_damaged_case_that_never_had_a_leaf_spoils_no_other_ones(world: World) -> None:
    """A leaf of its odd head would shift all that follow it in the tile: false news the next night."""
    damaged, *_sound = (world.file(number=100_000_000 + number) for number in range(5))
    case = world.table.get(keys.case(damaged), keys.CASE)
    assert case is not None
    world.table.put(case | {"head": b"x"})
    kept: list[bytes] = []
    done = publish(world, kept)
    assert done is not None
    assert found(done.compared) == [("chain_broken", keys.case(damaged))]
    assert len(kept[0].splitlines()) == 4
    world.at += timedelta(days=1)
    again = publish(world)
    assert again is not None
    assert (found(again.compared), again.compared.missing) == ([("chain_broken", keys.case(damaged))], 0)


def test_a_key_is_published_under_the_name_its_bytes_give_it(world: World) -> None:
    signing.publish(world.table, SIGNER, "2026-11-25T02:00:00Z")
    signing.publish(world.table, SIGNER, "2027-01-01T00:00:00Z")
    (key,) = signing.published(world.table)
    assert (key["key"], key["alg"], key["from"]) == (SIGNER.key, "ES256", "2026-11-25T02:00:00Z")
