"""The one list of what the keyboard can do: it makes the shortcuts, the Find field's commands and the help (F1)."""

from __future__ import annotations

from dataclasses import dataclass

from progression.words import N_


@dataclass(frozen=True, slots=True)
class Command:
    """`key` names it in code; `keys` are shortcuts as Qt writes them, the first is shown. `window`: the shell handles
    it; otherwise the page in view does. `findable`: offered by the Find field."""

    key: str
    text: str
    keys: tuple[str, ...]
    group: str
    window: bool = True
    findable: bool = True


PAGES = N_("Pages")
WINDOW = N_("Window")
CASELOAD = N_("Today")
SCORING = N_("Conversation")
RUNNING = N_("Interventions")
CITIZEN = N_("Citizen")

COMMANDS: tuple[Command, ...] = (
    Command("page.today", N_("Today"), ("Ctrl+1",), PAGES),
    Command("page.week", N_("The week's conversations"), ("Ctrl+U",), PAGES),
    Command("page.citizen", N_("Citizen"), ("Ctrl+2",), PAGES),
    Command("page.conversation", N_("Conversation"), ("Ctrl+3",), PAGES),
    Command("page.interventions", N_("Interventions"), ("Ctrl+4",), PAGES),
    Command("page.team", N_("Team"), ("Ctrl+5",), PAGES),
    Command("page.settings", N_("Settings"), ("Ctrl+7",), PAGES),
    Command("find", N_("Find a citizen or a command"), ("Ctrl+K",), WINDOW, findable=False),
    Command("new", N_("New citizen"), ("Ctrl+N",), WINDOW),
    Command("refresh", N_("Read again"), ("F5",), WINDOW),
    Command("panel", N_("Show or hide the side panel"), ("F9",), WINDOW),
    Command("larger", N_("Larger text"), ("Ctrl++", "Ctrl+="), WINDOW),
    Command("smaller", N_("Smaller text"), ("Ctrl+-",), WINDOW),
    Command("usual", N_("Text in its usual size"), ("Ctrl+0",), WINDOW),
    Command("lock", N_("Lock"), ("Ctrl+L",), WINDOW),
    Command("help", N_("Keys"), ("F1",), WINDOW),
    Command("quit", N_("Close Progression"), ("Ctrl+Q",), WINDOW),
    Command("today.open", N_("Open the citizen in the selected row"), ("Return",), CASELOAD, window=False),
    Command("interventions.search", N_("Search intervention, citizen, place"), ("Ctrl+F",), RUNNING, window=False),
    Command("today.search", N_("Search in my caseload"), ("Ctrl+F",), CASELOAD, window=False),
    Command("today.plan", N_("Plan a conversation"), ("P",), CASELOAD, window=False),
    Command("today.contact", N_("Other contact"), ("K",), CASELOAD, window=False),
    Command("today.held", N_("The conversation was held"), ("H",), CASELOAD, window=False),
    Command("today.cancelled", N_("The conversation was cancelled"), ("A",), CASELOAD, window=False),
    Command("today.missed", N_("The citizen did not come"), ("U",), CASELOAD, window=False),
    Command("today.undo", N_("Undo"), ("Ctrl+Z",), CASELOAD, window=False),
    Command("week.change", N_("Change the planned conversation (the week)"), ("R",), CASELOAD, window=False),
    Command("week.other", N_("Another week"), ("PgUp", "PgDown"), CASELOAD, window=False),
    Command("citizen.curve", N_("Read the curve point by point"), ("← →",), CITIZEN, window=False),
    Command("citizen.journal", N_("Copy a note for the journal"), ("Ctrl+J",), CITIZEN, window=False),
    Command("score.step", N_("Score the row and go to the next"), ("1 … 5",), SCORING, window=False),
    Command("score.none", N_("Not rated"), ("0",), SCORING, window=False),
    Command("score.declined", N_("Does not wish to answer"), ("U",), SCORING, window=False),
    Command("score.clear", N_("Clear the row"), ("Backspace",), SCORING, window=False),
    Command("score.note", N_("Note to the row"), ("N",), SCORING, window=False),
    Command("score.undo", N_("Undo"), ("Ctrl+Z",), SCORING, window=False),
    Command("score.finish", N_("Finish the assessment"), ("Ctrl+Return",), SCORING, window=False),
    Command("score.journal", N_("Copy a note for the journal"), ("Ctrl+J",), SCORING, window=False),
)
GROUPS: tuple[str, ...] = (PAGES, WINDOW, CASELOAD, RUNNING, CITIZEN, SCORING)


def shown(keys: str) -> str:
    """Shortcut keys as they are printed on the keyboard: "Ctrl+Enter"."""
    return keys.replace("Return", "Enter")
