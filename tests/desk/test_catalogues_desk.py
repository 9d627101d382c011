"""The catalogues a municipality edits: types, providers, offers, categories and norms, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_cases import TODAY, fill, months_before

from progression.casework import categories as examples
from progression.casework.categories import Rhythm
from progression.casework.types import intervention_types, types_source
from progression.casework.values import (
    CategoryMembership,
    Citizen,
    Intervention,
    InterventionType,
    Offer,
    Provider,
)
from progression.desk import caseload, categories, duty_rules, interventions, offers, types, undo
from progression.errors import KnownError
from progression.store import queries, uses
from progression.words import Words

NEW = InterventionType("", {"da": "Hundeføring på heden", "en": "Dog walking"}, "social", True)


@pytest.fixture
def held(opened):
    values = [Citizen(f"c{n}", f"N{n}", f"Borger {n}", benefit_start=months_before(9)) for n in (1, 2, 3)]
    values += [
        Intervention("c1", "a", "mentor", months_before(5), provider="Gården"),
        Intervention("c2", "a", "mentor", months_before(4), end=months_before(1), provider=" gården "),
        Intervention("c2", "b", "smaajob", months_before(3), provider="Butikken", offer="o1"),
        Offer("o1", "Småjob i byen", "smaajob", "Gården", 4.0),
        Provider("p1", "Gården", "Ida"),
        Provider("p2", "Tom Grund"),
    ]
    return opened(values)


def refused(code, attempt, *given, **named):
    with pytest.raises(KnownError) as caught:
        attempt(*given, **named)
    assert caught.value.code == code
    return caught.value.fields


def log(session):
    return [(one.act, one.citizen, one.purpose) for one in queries.access_log(session.vault)]


# types


def test_a_type_says_what_uses_it(held):
    lines = {line.type.code: line for line in types.page(held).lines}
    assert lines["mentor"].used == uses.Used(2, 2, 0)
    assert lines["smaajob"].used == uses.Used(1, 1, 1)
    assert lines["mentor"].rules  # the standard rules count a mentor as not passive
    assert not lines["mentor"].free
    assert lines["hjaelpemidler"].free
    assert not types.page(held).edited


def test_a_type_is_added_renamed_retired_and_deleted_and_each_is_undone(held):
    before = interventions.types(held)
    steps = [
        lambda: types.save(held, NEW, new=True),
        lambda: types.save(held, replace(NEW, code="hundefoering_paa_heden", name={"da": "Hund", "en": "Dog"})),
        lambda: types.retire(held, "hundefoering_paa_heden"),
        lambda: types.retire(held, "hundefoering_paa_heden", retired=False),
        lambda: types.remove(held, "hundefoering_paa_heden"),
    ]
    states, acts = [before], []
    for step in steps:
        acts.append(step())
        states.append(interventions.types(held))
    assert states[1]["hundefoering_paa_heden"] == replace(NEW, code="hundefoering_paa_heden")
    assert states[2]["hundefoering_paa_heden"].name["da"] == "Hund"
    assert states[3]["hundefoering_paa_heden"].retired
    assert states[5] == before
    assert all(act.kinds == types.KINDS and len(act.events) == 1 for act in acts)
    for act, state in zip(reversed(acts), reversed(states[:-1]), strict=True):
        assert "intervention" in undo.take_back(held, act.events).kinds
        assert interventions.types(held) == state


def test_counting_as_active_decides_what_is_passive(held):
    from progression.desk import periods

    def state(who):
        return next(one.run.state for one in periods.combinations(held) if one.citizen == who)

    assert state("c1") == "active"
    types.save(held, replace(interventions.types(held)["mentor"], active=False))
    assert state("c1") == "passive"


@pytest.mark.parametrize(
    ("given", "new", "field", "what"),
    [
        (replace(NEW, name={"da": "", "en": "x"}), True, "name.da", "fault.empty"),
        (replace(NEW, name={"da": "x"}), True, "name.en", "fault.empty"),
        (replace(NEW, name={"da": "mentor", "en": "x"}), True, "name.da", "fault.twice"),
        (replace(NEW, code="Æ"), True, "code", "fault.code"),
        (replace(NEW, code="mentor"), True, "code", "fault.twice"),
        (replace(NEW, bip_type="hund"), True, "bip_type", "fault.choice"),
        (replace(NEW, state="waiting"), True, "state", "fault.active_state"),
    ],
)
def test_an_impossible_type_is_refused_at_its_field(held, given, new, field, what):
    before = interventions.types(held)
    faults = refused("type.invalid", types.save, held, given, new=new)["faults"]
    assert (field, what) in [(fault.key, fault.what) for fault in faults]
    assert interventions.types(held) == before


def test_a_type_nobody_knows_is_neither_changed_nor_retired(held):
    refused("type.unknown", types.save, held, replace(NEW, code="findes_ikke"))
    refused("type.unknown", types.retire, held, "findes_ikke")


def test_a_code_is_made_of_the_name(held):
    taken = {"oevelse": 1, "oevelse_2": 1}
    assert types.code_of("Øvelse", taken) == "oevelse_3"
    assert types.code_of("12 % & så videre", {}) == "saa_videre"
    assert types.code_of("日本", {}) == "type"


def test_deleting_a_type_in_use_says_who_uses_it(held):
    told = refused("type.in_use", types.remove, held, "smaajob")
    assert told["uses"] == "1 indsats for 1 borger, 1 tilbud"
    assert "reglerne “" in refused("type.in_use", types.remove, held, "mentor")["uses"]
    categories.install_shipped(held, "halsnaes")
    assert "kategorierne “" in refused("type.in_use", types.remove, held, "cv_vaerksted")["uses"]


def test_undoing_a_new_type_is_refused_once_somebody_has_it(held):
    added = types.save(held, NEW, new=True)
    begun = interventions.add(held, Intervention("c3", "", "hundefoering_paa_heden", TODAY))
    refused("type.in_use", undo.take_back, held, added.events)
    undo.take_back(held, begun.events)
    undo.take_back(held, added.events)
    assert interventions.types(held) == dict(intervention_types())


def test_a_file_of_types_is_taken_in_and_the_shipped_ones_come_back(held, tmp_path):
    path = tmp_path / "egne.toml"
    path.write_text(types_source().replace("Småjob, ordinære timer", "Fritidsjob"), "utf-8")
    types.install_file(held, path)
    assert interventions.types(held)["smaajob"].name["da"] == "Fritidsjob"
    assert types.page(held).edited
    types.standard(held)
    assert not types.page(held).edited
    path.write_text('format = 1\n[[types]]\ncode = "x"\n', "utf-8")
    faults = refused("types.invalid", types.install_file, held, path)["faults"]
    assert {fault.expected["line"] for fault in faults} == {2}
    path.write_text(types_source().split("[[types]]")[0] + "[[types]]" + types_source().split("[[types]]")[1], "utf-8")
    refused("type.in_use", types.install_file, held, path)
    refused("file.unreadable", types.install_file, held, tmp_path / "findes_ikke.toml")


# providers and offers


def test_renaming_a_provider_takes_what_names_it_along_and_back(held):
    (before,) = [one for one in queries.providers(held.vault) if one.id == "p1"]
    changes = offers.save_provider(held, replace(before, name="Gården ved Åen"))
    named = {(one.citizen, one.id): one.provider for one in interventions.listing(held)}
    assert named == {("c1", "a"): "Gården ved Åen", ("c2", "a"): "Gården ved Åen", ("c2", "b"): "Butikken"}
    assert queries.offers(held.vault)[0].provider == "Gården ved Åen"
    assert changes.citizens == {"c1", "c2"}
    assert {("change", who, "provider") for who in ("c1", "c2")} <= set(log(held))
    back = undo.take_back(held, changes.events)
    assert {one.provider for one in interventions.listing(held)} == {"Gården", " gården ", "Butikken"}
    undo.take_back(held, back.events)
    assert queries.offers(held.vault)[0].provider == "Gården ved Åen"


def test_two_providers_or_offers_of_one_name_are_refused(held):
    assert refused("provider.invalid", offers.save_provider, held, Provider("", "GÅRDEN"))["faults"][0].key == "name"
    assert refused("offer.invalid", offers.save_offer, held, Offer("", " småjob  i byen"))["faults"][0].key == "name"


def test_what_names_a_provider_or_an_offer_keeps_it(held):
    first, second = queries.providers(held.vault)
    told = refused("provider.in_use", offers.remove_provider, held, first)
    assert told["uses"] == "2 indsatser for 2 borgere, 1 tilbud"
    gone = offers.remove_provider(held, second)
    assert queries.providers(held.vault) == (first,)
    undo.take_back(held, gone.events)
    assert len(queries.providers(held.vault)) == 2
    (offer,) = queries.offers(held.vault)
    assert refused("offer.in_use", offers.remove_offer, held, offer)["uses"] == "1 indsats for 1 borger"


def test_undoing_a_new_offer_is_refused_once_it_is_used(held):
    made = offers.save_offer(held, Offer("", "Nyt hold", "mestring"))
    new = next(one for one in queries.offers(held.vault) if one.name == "Nyt hold")
    interventions.add(held, Intervention("c3", "", "mestring", TODAY, offer=new.id))
    refused("offer.in_use", undo.take_back, held, made.events)
    made = offers.save_provider(held, Provider("", "Ny"))
    interventions.add(held, Intervention("c3", "", "mentor", TODAY, provider="ny"))
    refused("provider.in_use", undo.take_back, held, made.events)


def test_a_retired_provider_is_kept_with_its_last_day(held):
    (first, _second) = queries.providers(held.vault)
    offers.save_provider(held, replace(first, end=TODAY))
    assert next(one for one in queries.providers(held.vault) if one.id == "p1").end == TODAY


# categories


def test_an_example_is_chosen_and_what_follows_is_said_in_words(held):
    done = categories.install_shipped(held, "halsnaes")
    assert "category" in done.kinds
    value = categories.page(held)
    told = categories.follows(value.lines[0].category, value.types, Words("da"))
    assert "CV-værksted" in told
    assert "En samtale hver 4. uge" in told or "samtale hver" in told
    undo.take_back(held, done.events)
    assert categories.page(held).lines == ()
    refused("categories.unknown", categories.install_shipped, held, "findes_ikke")


def test_what_a_citizen_is_in_never_disappears(held):
    categories.install_shipped(held, "halsnaes")
    fill(held, [CategoryMembership("c1", "behov_for_stoette", months_before(3))])
    told = refused("category.in_use", categories.install_shipped, held, "horsens")
    assert (told["name"], told["uses"]) == ("Behov for støtte", "1 borger")
    refused("category.in_use", categories.remove, held, "behov_for_stoette")
    done = categories.install_shipped(held, "horsens", keep=True)
    value = categories.page(held)
    assert [line.category.code for line in value.lines][-1] == "behov_for_stoette"
    assert value.lines[-1].category.valid_to is not None
    assert value.lines[-1].category not in value.found.on(value.day)
    assert "taet_paa_jobparat" not in value.found.codes
    undo.take_back(held, done.events)
    assert categories.page(held).found.id == "halsnaes"


def test_undoing_a_set_is_refused_once_a_citizen_is_in_it(held):
    done = categories.install_shipped(held, "match")
    fill(held, [CategoryMembership("c1", categories.in_force(held).codes[0], TODAY)])
    refused("category.in_use", undo.take_back, held, done.events)


def test_what_a_rule_is_for_never_disappears_either(held):
    categories.install_shipped(held, "halsnaes")
    duty_rules.install_shipped(held, "halsnaes")
    assert "regle" in refused("category.in_use", categories.remove, held, "rehabiliteringsteam")["uses"]


def test_citizens_in_something_the_set_does_not_have_are_told(held):
    fill(held, [CategoryMembership("c1", "Gruppe A", TODAY), CategoryMembership("c2", "Gruppe A", TODAY)])
    assert categories.page(held).others == {"Gruppe A": 2}


def test_a_label_and_a_rhythm_are_edited_and_the_comments_stay(held):
    categories.install_shipped(held, "halsnaes")
    first = categories.page(held).lines[0]
    edited = replace(
        first.category, name={"da": "Næsten klar", "en": "Nearly there"}, rhythm=(Rhythm(26, 9), Rhythm(0, 2))
    )
    done = categories.save(held, edited, first.place)
    now = categories.page(held).lines[0].category
    assert (now.name["da"], now.rhythm) == ("Næsten klar", (Rhythm(0, 2), Rhythm(26, 9)))
    assert now.expected == first.category.expected
    assert categories.source(held).startswith("# Categories as Halsnæs")
    undo.take_back(held, done.events)
    assert categories.page(held).lines[0] == first


def test_a_category_of_one_s_own_is_added(held):
    from progression.casework.categories import Category

    categories.save(held, Category("", {"da": "Unge på vej", "en": "Young"}, {}))
    assert categories.in_force(held).codes == ("unge_paa_vej",)
    refused("category.unknown", categories.save, held, Category("x", {"da": "X", "en": "X"}, {}), 7)


@pytest.mark.parametrize(
    ("change", "field", "what"),
    [
        ({"name": {"da": "", "en": "x"}}, "name.da", "fault.empty"),
        ({"name": {"da": "Behov for støtte", "en": "x"}}, "name.da", "fault.twice"),
        ({"description": {"da": "kun dansk"}}, "description.en", "fault.empty"),
        ({"rhythm": (Rhythm(0, 0),)}, "rhythm", "fault.range"),
        ({"rhythm": (Rhythm(0, 1), Rhythm(0, 2))}, "rhythm", "fault.twice"),
        ({"valid_from": TODAY, "valid_to": months_before(1)}, "valid_to", "fault.before"),
    ],
)
def test_an_impossible_category_is_refused_at_its_field(held, change, field, what):
    categories.install_shipped(held, "halsnaes")
    line = categories.page(held).lines[0]
    faults = refused("category.invalid", categories.save, held, replace(line.category, **change), line.place)["faults"]
    assert (field, what) in [(fault.key, fault.what) for fault in faults]
    assert categories.page(held).lines[0] == line


def test_rows_of_one_category_must_follow_each_other(held):
    categories.install_shipped(held, "halsnaes")
    first = categories.page(held).lines[0].category
    faults = refused("category.invalid", categories.save, held, replace(first, name={"da": "B", "en": "B"}))["faults"]
    assert [(fault.key, fault.what) for fault in faults] == [("valid_from", "fault.overlap")]


def test_the_set_in_force_goes_out_as_a_file_and_comes_in_again(held, tmp_path):
    categories.install_shipped(held, "horsens")
    path = tmp_path / "vores.toml"
    categories.save_file(held, path)
    assert path.read_text("utf-8") == examples.source("horsens")
    path.write_text(path.read_text("utf-8").replace("weeks = ", "weeks = -").replace("gruppe_2", "Gruppe 2"), "utf-8")
    faults = refused("categories.invalid", categories.install_file, held, path)["faults"]
    assert len(faults) > 1
    assert all(fault.expected["line"] for fault in faults)
    refused("file.unwritable", categories.save_file, held, tmp_path / "ingen" / "mappe" / "x.toml")
    refused("file.unreadable", categories.install_file, held, tmp_path / "findes_ikke.toml")


# norms


def test_norms_are_set_at_once_undone_and_put_back(held):
    before = caseload.norms_in_force(held)
    done = caseload.set_norms(held, {"under_30": (30, 40), "adults": (35, 45)})
    assert [(one.low, one.high) for one in caseload.norms_in_force(held)] == [(30, 40), (35, 45)]
    undo.take_back(held, done.events)
    assert caseload.norms_in_force(held) == before
    caseload.set_norm(held, "adults", 1, 2)
    caseload.standard_norms(held)
    assert caseload.norms_in_force(held) == before


def test_impossible_norms_are_refused_all_at_once(held):
    faults = refused("norms.invalid", caseload.set_norms, held, {"under_30": (50, 40), "adults": (0, 10)})["faults"]
    assert [fault.key for fault in faults] == ["norms[1].high", "norms[2].low"]
    assert refused("norms.unknown", caseload.set_norms, held, {"x": (1, 2)})["name"] == "x"


def test_a_category_written_by_its_name_counts_and_is_renamed_along(held):
    from progression.desk import citizens

    categories.install_shipped(held, "halsnaes")
    fill(held, [CategoryMembership("c1", "behov for Støtte", TODAY), CategoryMembership("c2", "Needs support", TODAY)])
    line = categories.page(held).lines[1]
    assert (line.category.code, line.used.citizens) == ("behov_for_stoette", 2)
    assert categories.page(held).others == {}
    refused("category.in_use", categories.remove, held, "behov_for_stoette")
    done = categories.save(held, replace(line.category, name={"da": "Støttet vej", "en": "A way"}), line.place)
    assert done.citizens == {"c1", "c2"}
    assert {row.category for row in queries.categories(held.vault)} == {"behov_for_stoette"}
    assert ("change", "c1", "categories") in log(held)
    assert "category" in undo.take_back(held, done.events).kinds
    assert categories.page(held).lines[1] == line
    assert citizens.page(held, "c1").course.categories[0].category == "behov for Støtte"
