"""A long writing tells how far it is, and can be stopped at any step without a trace."""

from __future__ import annotations

import pytest
from vault_cases import sample_citizen

from progression.casework.values import Citizen
from progression.store import kinds, queries
from progression.store.access import Act

MANY = 700
ACT = Act("import")


class Stopped(Exception):  # noqa: N818 - what a cancelled job raises
    pass


def events(n=MANY):
    return [kinds.to_event(Citizen(f"many{i}", f"M-{i}", f"Borger {i}")) for i in range(n)]


def test_it_tells_from_nothing_to_nearly_all_and_never_backwards(filled):
    told = []
    filled.append(events(), ACT, progress=lambda done, total: told.append((done, total)))
    done = [d for d, _total in told]
    assert len({total for _done, total in told}) == 1
    assert done[0] == 0 and done == sorted(set(done)) and len(done) > 5
    assert told[0][1] * 0.8 < done[-1] < told[0][1]


def test_a_few_events_need_no_telling(filled):
    told = []
    filled.append([], ACT, progress=lambda *step: told.append(step))
    filled.append([kinds.to_event(sample_citizen("c9", "9"))], ACT)
    assert told == []


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_stopped_while_making_writing_or_projecting_nothing_is_kept(filled, at):
    def stop(done, total):
        if done >= at * total:
            raise Stopped

    before = filled.rows("SELECT count(*) FROM event"), len(queries.access_log(filled))
    with pytest.raises(Stopped):
        filled.append(events(), ACT, progress=stop)
    assert before == (filled.rows("SELECT count(*) FROM event"), len(queries.access_log(filled)))
    assert len(queries.citizens(filled)) == 1
    filled.append(events(3), ACT)  # and the chain of hashes goes on as if nothing had been
    assert len(queries.citizens(filled)) == 4
    from progression.store import check

    assert check.check(filled, deep=True) == []
