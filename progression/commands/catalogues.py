"""types, providers, offers: what can be started, with whom, and where there are places; listed and edited."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from progression.casework.types import BIP_TYPES
from progression.casework.values import InterventionType, Offer, Provider
from progression.commands import periods
from progression.commands.base import Command, Context, a_count, a_date
from progression.commands.output import emit
from progression.errors import KnownError
from progression.words import N_, Words
from progression.words import interventions as said
from progression.words import uses as used_words

if TYPE_CHECKING:
    from progression.desk.session import Session


class Named(Protocol):
    """Something with a name and an id."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)

# types


def types(context: Context) -> int:
    """Print the catalogue of types, after the change that was asked for."""
    from progression.desk import types as operations

    with context.session() as session:
        _change_type(context.arguments, session)
        page = operations.page(session)
    w = context.w
    rows = [
        {
            "code": line.type.code,
            "name": w.pick(line.type.name),
            "bip_type": line.type.bip_type,
            "active": line.type.active,
            "state": line.type.state,
            "retired": line.type.retired,
            "interventions": line.used.interventions,
            "citizens": line.used.citizens,
            "offers": line.used.offers,
            "categories": list(line.categories),
            "rules": list(line.rules),
        }
        for line in page.lines
    ]
    headings = {
        "code": w.t("Code"),
        "name": w.t("Type"),
        "bip_type": w.t("BIP type"),
        "active": w.t("Counts as active"),
        "retired": w.t("Out of use"),
        "interventions": w.t("Used by"),
    }
    shown = {
        "bip_type": [w.t(said.SHORT_TYPES[line.type.bip_type]) for line in page.lines],
        "interventions": [used_words.told(w, line.used) or "–" for line in page.lines],
    }
    emit(context, "types", rows, headings, shown=shown)
    return 0


def _change_type(given: argparse.Namespace, session: Session) -> None:
    from progression.desk import types as operations

    if given.add:
        fresh = InterventionType("", {"da": given.add, "en": given.english or given.add}, "none", True)
        operations.save(session, _typed(fresh, given), new=True)
    elif given.change:
        operations.save(session, _typed(_type(session, given.change), given))
    elif given.retire or given.use:
        operations.retire(session, given.retire or given.use, retired=bool(given.retire))
    elif given.delete:
        operations.remove(session, given.delete)
    elif given.install:
        operations.install_file(session, Path(given.install))
    elif given.standard:
        operations.standard(session)


def _type(session: Session, code: str) -> InterventionType:
    from progression.desk import interventions

    found = interventions.types(session)
    if code not in found:
        raise KnownError("type.unknown", name=code)
    return found[code]


def _typed(one: InterventionType, given: argparse.Namespace) -> InterventionType:
    names = dict(one.name)
    names |= {language: text for language, text in (("da", given.name), ("en", given.english)) if text}
    active = one.active if given.active is None else given.active == "yes"
    return replace(one, name=names, bip_type=given.bip_type or one.bip_type, active=active)


def _type_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--add", metavar="NAME", help=w.t("add a type under its Danish name"))
    asked.add_argument("--change", metavar="CODE", help=w.t("change what the other options say"))
    asked.add_argument("--retire", metavar="CODE", help=w.t("take a type out of use; what is registered stays"))
    asked.add_argument("--use", metavar="CODE", help=w.t("take it into use again"))
    asked.add_argument("--delete", metavar="CODE", help=w.t("delete a type that nothing uses"))
    asked.add_argument("--install", metavar="FILE", help=w.t("adopt the types of a file"))
    asked.add_argument("--standard", action="store_true", help=w.t("go back to the types of the program"))
    parser.add_argument("--name", help=w.t("with --change: the Danish name"))
    parser.add_argument("--english", metavar="NAME", help=w.t("the English name"))
    parser.add_argument("--bip-type", choices=BIP_TYPES, help=w.t("the kind of BIP it belongs to"))
    parser.add_argument("--active", choices=("yes", "no"), help=w.t("whether it counts as an active intervention"))


def _type_misused(given: argparse.Namespace, w: Words) -> str:
    told = (given.name, given.english, given.bip_type, given.active)
    if any(told) and not (given.add or given.change):
        return w.t("say what to change with --change CODE, or add with --add NAME")
    return w.t("--name goes with --change") if given.name and not given.change else ""


# providers and offers


def providers(context: Context) -> int:
    """Print who provides what runs, after the change that was asked for."""
    from progression.desk import offers as operations

    given = context.arguments
    if given.add or given.change or given.retire or given.delete:
        with context.session() as session:
            registered = [line.provider for line in operations.providers(session) if line.provider.id]
            if given.delete:
                operations.remove_provider(session, _provider(registered, given.delete))
            elif given.retire:
                one = _provider(registered, given.retire)
                operations.save_provider(session, replace(one, end=given.until or session.today()))
            else:
                before = _provider(registered, given.change) if given.change else Provider("", given.add)
                operations.save_provider(session, replace(before, **_told(given, ("name", *_CONTACT))))
    return periods.providers(context, "providers")


def offers(context: Context) -> int:
    """Print offers and their places, after the change that was asked for."""
    from progression.desk import offers as operations

    given = context.arguments
    if given.add or given.change or given.delete:
        with context.session() as session:
            known = [line.offer for line in operations.offers(session)]
            if given.delete:
                operations.remove_offer(session, _offer(known, given.delete))
            else:
                before = _offer(known, given.change) if given.change else Offer("", given.add)
                told = _told(given, ("name", "type", "provider", "contact"))
                told |= {"places": float(given.places)} if given.places else {}
                told |= {key: day for key, day in (("start", given.since), ("end", given.until)) if day}
                operations.save_offer(session, replace(before, **told))
    return periods.offers(context, "offers")


_CONTACT = ("contact", "phone", "email")


def _told(given: argparse.Namespace, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(given, name) for name in names if getattr(given, name) is not None}


def _provider(known: list[Provider], wanted: str) -> Provider:
    found = _named(known, wanted)
    if found is None:
        raise KnownError("provider.unknown", name=wanted, choices=tuple(one.name for one in known))
    return found


def _offer(known: list[Offer], wanted: str) -> Offer:
    found = _named(known, wanted)
    if found is None:
        raise KnownError("offer.unknown", name=wanted, choices=tuple(one.name for one in known))
    return found


def _named(known: list[T], wanted: str) -> T | None:
    """The one of this id or, however it is written, of this name."""
    name = " ".join(wanted.casefold().split())
    same = (one for one in known if one.id == wanted or " ".join(one.name.casefold().split()) == name)
    return next(same, None)


def _edit_arguments(parser: argparse.ArgumentParser, w: Words) -> Any:
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--add", metavar="NAME", help=w.t("add one"))
    asked.add_argument("--change", metavar="NAME", help=w.t("change what the other options say"))
    asked.add_argument("--delete", metavar="NAME", help=w.t("delete one that nothing uses"))
    parser.add_argument("--name", help=w.t("with --change: the new name"))
    parser.add_argument("--contact", help=w.t("whom to ask for there"))
    parser.add_argument("--until", type=a_date(w), metavar="DATE", help=w.t("the last day"))
    return asked


def _provider_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    asked = _edit_arguments(parser, w)
    asked.add_argument("--retire", metavar="NAME", help=w.t("nothing new is started there after today, or --until"))
    parser.add_argument("--phone", help=w.t("the phone there"))
    parser.add_argument("--email", help=w.t("the e-mail there"))


def _offer_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    _edit_arguments(parser, w)
    parser.add_argument("--type", metavar="CODE", help=w.t("the type of intervention"))
    parser.add_argument("--provider", help=w.t("who provides it"))
    parser.add_argument("--places", type=a_count(w), help=w.t("places at a time"))
    parser.add_argument("--since", type=a_date(w), metavar="DATE", help=w.t("the first day"))


def _misused(given: argparse.Namespace, w: Words) -> str:
    fields = ("name", "contact", "until", "phone", "email", "type", "provider", "places", "since")
    told = any(getattr(given, name, None) is not None for name in fields)
    if told and not (given.add or given.change or getattr(given, "retire", None)):
        return w.t("say what to change with --change NAME, or add with --add NAME")
    return w.t("--name goes with --change") if given.name and not given.change else ""


COMMANDS = (
    Command(
        "types",
        N_("types of intervention: BIP type, whether they count as active, what uses them"),
        (
            "types",
            'types --add "Hundeføring" --english "Dog walking" --bip-type social --active yes',
            "types --change smaajob --name Fritidsjob",
            "types --retire hjaelpemidler",
            "types --install FILE",
        ),
        types,
        _type_arguments,
        rows=True,
        misused=_type_misused,
    ),
    Command(
        "providers",
        N_("who provides interventions, and what runs there"),
        (
            "providers",
            "providers --add Gården --contact Ida --phone 00000000",
            'providers --change Gården --name "Gården ved Åen"',
            "providers --retire Gården --until 2026-12-31",
        ),
        providers,
        _provider_arguments,
        rows=True,
        dated=True,
        misused=_misused,
    ),
    Command(
        "offers",
        N_("offers and their places: free, taken, waiting"),
        (
            "offers",
            "offers --add Værkstedet --type mestring --places 12",
            "offers --change Værkstedet --until 2026-12-31",
        ),
        offers,
        _offer_arguments,
        rows=True,
        dated=True,
        misused=_misused,
    ),
)
