"""method: how attention points are made, in plain words; another method, other thresholds, and what they do."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from progression.analysis.settings import COUNTED, METHODS
from progression.commands.base import Command, Context, a_count
from progression.commands.output import emit
from progression.commands.working import telling
from progression.words import N_, Words
from progression.words import flags as say
from progression.words import rules as rule_words

if TYPE_CHECKING:
    from progression.desk.rules import Standing
    from progression.desk.session import Session

EDITED = ("p_limit", "gain_share", "rounds", "months")


def method(context: Context) -> int:
    """Print the method in force and the rules in full, after changing what was asked for."""
    from progression.desk import rules

    arguments, w = context.arguments, context.w
    with context.session() as session:
        given = {name: getattr(arguments, name) for name in EDITED if getattr(arguments, name) is not None}
        if given:
            rules.edit(session, replace(rules.standing(session).rules, **given))
        if arguments.name:
            rules.choose(session, arguments.name)
        if arguments.measure:
            _measure(w, session)
        now = rules.standing(session)
    if arguments.format != "table":
        found = rows(w, now)
        emit(context, "method", found, dict.fromkeys(found[0], ""), extra={"in_force": now.method})
        return 0
    print(w.t("Method: {method}", method=say.method(w, now.method)))
    if now.method != "rules":
        print(w.t("The rules below are not in force. They are what the method “rules” would use."))
    for name in sorted(now.scales):
        print("\n" + w.pick(now.scales[name].name))
        for sentence in statement(w, now, name):
            print(f"  {sentence}")
    return 0


def statement(w: Words, now: Standing, scale: str) -> list[str]:
    """Return the rules in full for one scale, and what simulation says about them."""
    account = now.accounts[scale]
    told = {**now.rules.stated(), **(account.figures() if account is not None else {})}
    return [*rule_words.rule(w, told, now.scales[scale]), rule_words.account(w, told, now.scales[scale])]


def rows(w: Words, now: Standing) -> list[dict[str, Any]]:
    """Return one row per scale: thresholds, and what simulation counted (None where nobody has simulated them)."""
    return [
        {
            "scale": name,
            **now.rules.stated(),
            "seed": account.seed if account is not None else None,
            "citizens": account.citizens if account is not None else None,
            **{figure: getattr(account, figure, None) for figure in COUNTED},
            "rule": " ".join(statement(w, now, name)),
        }
        for name, account in now.accounts.items()
    ]


def _measure(w: Words, session: Session) -> None:
    from progression.desk import rules

    with telling() as line:
        rules.measure(session, lambda part: line(w.t("Simulating: {percent}%", percent=round(part * 100))))


def a_share(w: Words) -> Any:
    """Return what reads a figure with a point or a comma for argparse."""

    def read(text: str) -> float:
        try:
            return float(text.replace(",", "."))
        except ValueError as error:
            raise argparse.ArgumentTypeError(w.t("{value} is not a number", value=text)) from error

    return read


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("name", nargs="?", choices=METHODS, help=w.t("the method to use from now on"))
    parser.add_argument("--p-limit", type=a_share(w), help=w.t("rules: chance at most, such as 0.005"))
    parser.add_argument(
        "--gain-share", type=a_share(w), help=w.t("rules: a gain below this share of the smallest change is standstill")
    )
    parser.add_argument("--rounds", type=a_count(w), help=w.t("rules: rounds before anything is called standstill"))
    parser.add_argument("--months", type=a_count(w), help=w.t("rules: months before anything is called standstill"))
    parser.add_argument(
        "--measure", action="store_true", help=w.t("simulate what edited thresholds do; takes about a minute")
    )


COMMANDS = (
    Command(
        "method",
        N_("how attention points are made, in plain words"),
        ("method", "method rules", "method --p-limit 0.01 --measure"),
        method,
        _arguments,
        rows=True,
    ),
)
