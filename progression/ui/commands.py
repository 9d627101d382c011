"""The one list of what can be done: it makes the shortcuts, the menu, the Find field's commands and the help (F1).

A page that can do something new gets a line here with `page` its name, and binds the key to a callable:

    shortcuts.bind(self, {"today.search": self.search.setFocus})

Everything else (shortcut, menu entry, palette, help) follows. A test compares what the window has with this list.
"""

from __future__ import annotations

from dataclasses import dataclass

from progression.words import N_


@dataclass(frozen=True, slots=True)
class Command:
    """`key` names it in code; `keys` are shortcuts as Qt writes them, the first is shown. `page`: the page that does it
    when it is in view; "" = the window does. `typed`: the keys are read by what has the focus, not by a shortcut, and
    are told in the help only ("1 … 5"). `findable`: offered by the Find field and the menu. `also`: other words for it,
    searched and never shown."""

    key: str
    text: str
    keys: tuple[str, ...]
    group: str
    page: str = ""
    typed: bool = False
    findable: bool = True
    also: str = ""

    @property
    def window(self) -> bool:
        """The window does it, wherever one is."""
        return not self.page


PAGES = N_("Pages")
EDIT = N_("Edit")
VIEW = N_("View")
FILES = N_("Files and backup")
SECTIONS = N_("Settings")
WINDOW = N_("Window")
CASELOAD = N_("Today")
WEEK = N_("The week")
SCORING = N_("Conversation")
RUNNING = N_("Interventions")
CITIZEN = N_("Citizen")
TEAM = N_("Team")
REPORTS = N_("Reports")
ANSWERING = N_("The citizen's screen")

_PAGES = (
    Command("page.today", N_("Today"), ("Ctrl+1",), PAGES, also=N_("caseload, list, start")),
    Command("page.week", N_("The week's conversations"), ("Ctrl+U",), PAGES, also=N_("calendar")),
    Command("page.citizen", N_("Citizen"), ("Ctrl+2",), PAGES),
    Command("page.conversation", N_("Conversation"), ("Ctrl+3",), PAGES, also=N_("score, assessment")),
    Command("page.interventions", N_("Interventions"), ("Ctrl+4",), PAGES, also=N_("offers, providers, waiting")),
    Command("page.team", N_("Team"), ("Ctrl+5",), PAGES, also=N_("colleagues, case reviews")),
    Command("page.reports", N_("Reports"), ("Ctrl+6",), PAGES, also=N_("print, PDF")),
    Command("page.settings", N_("Settings"), ("Ctrl+7",), PAGES, also=N_("preferences, options")),
)
_WINDOW = (
    Command("undo", N_("Undo"), ("Ctrl+Z",), EDIT, also=N_("take back, regret")),
    Command("redo", N_("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), EDIT, also=N_("again, repeat")),
    Command("find", N_("Find a citizen or a command"), ("Ctrl+K",), EDIT, findable=False),
    Command("new", N_("New citizen"), ("Ctrl+N",), EDIT, also=N_("add, create")),
    Command("refresh", N_("Refresh"), ("F5",), VIEW, also=N_("reload, read again")),
    Command("panel", N_("Show or hide the side panel"), ("F9",), VIEW),
    Command("larger", N_("Larger text"), ("Ctrl++", "Ctrl+="), VIEW, also=N_("zoom in, bigger")),
    Command("smaller", N_("Smaller text"), ("Ctrl+-",), VIEW, also=N_("zoom out")),
    Command("usual", N_("Text in its usual size"), ("Ctrl+0",), VIEW, also=N_("zoom, 100%")),
    Command("look.system", N_("Look: as the system"), (), VIEW, also=N_("theme")),
    Command("look.light", N_("Look: light"), (), VIEW, also=N_("theme, white, day")),
    Command("look.dark", N_("Look: dark"), (), VIEW, also=N_("theme, black, night")),
    Command("look.contrast", N_("Look: high contrast"), (), VIEW, also=N_("theme, accessibility")),
    Command("language.da", "Sprog: dansk", (), VIEW, also="language, Danish"),  # a language is named in itself
    Command("language.en", "Language: English", (), VIEW, also="sprog, engelsk"),
    Command("backup", N_("Back up now"), (), FILES, also=N_("save, copy, security")),
    Command("backup.to", N_("Back up to another place …"), (), FILES, also=N_("USB stick, drive")),
    Command("import", N_("Import files …"), (), FILES, also=N_("read in, CSV, Excel, spreadsheet")),
    Command("export", N_("Export …"), (), FILES, also=N_("write out, CSV, Excel, spreadsheet")),
    Command("menu", N_("Menu"), ("F10",), WINDOW, findable=False),
    Command("lock", N_("Lock"), ("Ctrl+L",), WINDOW, also=N_("log out, leave")),
    Command("help", N_("Keys"), ("F1",), WINDOW, also=N_("help, shortcuts, keyboard")),
    Command("quit", N_("Close Progression"), ("Ctrl+Q",), WINDOW, also=N_("exit, end")),
)
_TODAY = (
    Command("today.open", N_("Open the citizen in the selected row"), ("Return",), CASELOAD, "today", typed=True),
    Command("today.search", N_("Search in my caseload"), ("Ctrl+F",), CASELOAD, "today"),
    Command("today.plan", N_("Plan a conversation"), ("P",), CASELOAD, "today", typed=True),
    Command("today.contact", N_("Other contact"), ("K",), CASELOAD, "today", typed=True),
    Command("today.held", N_("The conversation was held"), ("H",), CASELOAD, "today", typed=True),
    Command("today.cancelled", N_("The conversation was cancelled"), ("A",), CASELOAD, "today", typed=True),
    Command("today.missed", N_("The citizen did not come"), ("U",), CASELOAD, "today", typed=True),
    Command("week.plan", N_("Plan a conversation"), ("P",), WEEK, "week"),
    Command("week.change", N_("Change the planned conversation"), ("R",), WEEK, "week", typed=True),
    Command("week.contact", N_("Other contact"), ("K",), WEEK, "week", typed=True),
    Command("week.mark", N_("Held, cancelled, did not come"), ("H A U",), WEEK, "week", typed=True),
    Command("week.before", N_("The week before"), ("PgUp",), WEEK, "week"),
    Command("week.now", N_("This week"), ("Home",), WEEK, "week"),
    Command("week.after", N_("The week after"), ("PgDown",), WEEK, "week"),
    Command("week.file", N_("Save the week as a calendar file …"), (), WEEK, "week", also=N_("iCalendar, Outlook")),
)
_CITIZEN = (
    Command("citizen.curve", N_("Read the curve point by point"), ("← →",), CITIZEN, "citizen", typed=True),
    Command("citizen.ends", N_("The first and the last point"), ("Home End",), CITIZEN, "citizen", typed=True),
    Command("citizen.closer", N_("Show fewer days"), ("+",), CITIZEN, "citizen", typed=True, also=N_("zoom in")),
    Command("citizen.further", N_("Show more days"), ("−",), CITIZEN, "citizen", typed=True, also=N_("zoom out")),
    Command("citizen.whole", N_("Show the whole course"), ("0",), CITIZEN, "citizen", typed=True, also=N_("zoom")),
    Command("citizen.earlier", N_("Show earlier days"), ("Shift+←",), CITIZEN, "citizen", typed=True),
    Command("citizen.later", N_("Show later days"), ("Shift+→",), CITIZEN, "citizen", typed=True),
    Command(
        "citizen.correct",
        N_("Correct the citizen's details"),
        ("F2",),
        CITIZEN,
        "citizen",
        also=N_("name, CPR, phone, first day of benefit, change"),
    ),
    Command("citizen.show", N_("Show to the citizen"), ("F11",), CITIZEN, "citizen", also=N_("turn, full screen")),
    Command("citizen.corrections", N_("History of corrections"), (), CITIZEN, "citizen", also=N_("changes, audit")),
    Command("citizen.journal", N_("Copy a note for the journal"), ("Ctrl+J",), CITIZEN, "citizen"),
    Command("citizen.report", N_("Report on the citizen …"), (), CITIZEN, "citizen", also=N_("print, PDF")),
    Command("citizen.sheet", N_("Hand-over sheet …"), (), CITIZEN, "citizen", also=N_("print, PDF")),
    Command("interventions.search", N_("Search intervention, citizen, place"), ("Ctrl+F",), RUNNING, "interventions"),
    Command("interventions.start", N_("Start an intervention"), (), RUNNING, "interventions"),
    Command("team.new", N_("New colleague"), (), TEAM, "team"),
    Command("team.report", N_("Report to the team"), (), TEAM, "team", also=N_("PDF, file")),
)
_REPORTS = (
    Command("reports.save", N_("Save the document …"), ("Ctrl+S",), REPORTS, "reports", also=N_("PDF, file")),
    Command("reports.print", N_("Print the document …"), ("Ctrl+P",), REPORTS, "reports", also=N_("printer, paper")),
    Command("reports.copy", N_("Copy the text of the note"), ("Ctrl+J",), REPORTS, "reports"),
    Command("reports.batch", N_("Documents of a whole caseload …"), (), REPORTS, "reports", also=N_("batch, folder")),
    Command("reports.before", N_("The page before"), ("PgUp",), REPORTS, "reports", findable=False),
    Command("reports.after", N_("The next page"), ("PgDown",), REPORTS, "reports", findable=False),
    Command("reports.ends", N_("The first and the last page"), ("Home End",), REPORTS, "reports", typed=True),
    Command("reports.zoom", N_("Larger, smaller, as wide as the window"), ("+ − 0",), REPORTS, "reports", typed=True),
)
_SCORING = (
    Command("score.step", N_("Score the row and go to the next"), ("1 … 5",), SCORING, "conversation", typed=True),
    Command("score.none", N_("Not rated"), ("0",), SCORING, "conversation", typed=True),
    Command("score.declined", N_("Does not wish to answer"), ("U",), SCORING, "conversation", typed=True),
    Command("score.row", N_("Another row, another step"), ("↑ ↓ ← →",), SCORING, "conversation", typed=True),
    Command("score.clear", N_("Clear the row"), ("Backspace",), SCORING, "conversation", typed=True),
    Command("score.note", N_("Note to the row"), ("N",), SCORING, "conversation", typed=True),
    Command("score.finish", N_("Finish the assessment"), ("Ctrl+Return", "Ctrl+Enter"), SCORING, "conversation"),
    Command("score.not_today", N_("Not today: put off the conversation"), (), SCORING, "conversation"),
    Command("score.journal", N_("Copy a note for the journal"), ("Ctrl+J",), SCORING, "conversation"),
    Command("score.show", N_("Show to the citizen"), ("F11",), SCORING, "conversation", also=N_("turn, full screen")),
    Command("answer.step", N_("Answer and go to the next question"), ("1 … 5",), ANSWERING, "conversation", typed=True),
    Command("answer.back", N_("The question before"), ("←",), ANSWERING, "conversation", typed=True),
    Command("answer.skip", N_("Skip the question"), ("U",), ANSWERING, "conversation", typed=True),
    Command("answer.leave", N_("Code or passphrase, to get back"), ("Esc",), ANSWERING, "conversation", typed=True),
)

# Settings: the part of the page after "settings."; the sections' own list is settings_sections.SECTIONS
_SETTINGS = (
    Command("settings.look", N_("Language and look"), (), SECTIONS, also=N_("theme, text size")),
    Command("settings.account", N_("You"), (), SECTIONS, also=N_("passphrase, password, idle, lock")),
    Command("settings.accounts", N_("Accounts"), (), SECTIONS, also=N_("users, access, role")),
    Command("settings.scoring", N_("Scoring"), (), SECTIONS, also=N_("earlier answers")),
    Command("settings.scales", N_("Scales"), (), SECTIONS, also=N_("instrument, questionnaire, BIP")),
    Command("settings.types", N_("Intervention types"), (), SECTIONS),
    Command("settings.categories", N_("Categories"), (), SECTIONS, also=N_("target group, rhythm")),
    Command("settings.duties", N_("Rules and deadlines"), (), SECTIONS, also=N_("law, duties")),
    Command("settings.basis", N_("What the numbers rest on"), (), SECTIONS, also=N_("method, estimates, false alarms")),
    Command("settings.letterhead", N_("Letterhead"), (), SECTIONS, also=N_("logo, colours, footer")),
    Command("settings.backup", N_("Backup"), (), SECTIONS),
    Command("settings.import", N_("Import"), (), SECTIONS),
    Command("settings.export", N_("Export"), (), SECTIONS),
    Command("settings.sync", N_("Synchronisation"), (), SECTIONS, also=N_("other devices, share")),
    Command("settings.retention", N_("How long things are kept"), (), SECTIONS, also=N_("erase, delete, retention")),
    Command("settings.log", N_("Who looked at what"), (), SECTIONS, also=N_("access log, audit")),
)

COMMANDS: tuple[Command, ...] = (*_PAGES, *_WINDOW, *_SETTINGS, *_TODAY, *_CITIZEN, *_REPORTS, *_SCORING)
BY_KEY: dict[str, Command] = {command.key: command for command in COMMANDS}
# as menu and help list them; in the help the page in view comes first
GROUPS: tuple[str, ...] = (PAGES, EDIT, VIEW, FILES, SECTIONS, WINDOW)
PAGE_GROUPS: tuple[str, ...] = (CASELOAD, WEEK, CITIZEN, SCORING, ANSWERING, RUNNING, TEAM, REPORTS)


def shown(keys: str) -> str:
    """Shortcut keys as they are printed on the keyboard: "Ctrl+Enter"."""
    return keys.replace("Return", "Enter")


def hint(command: Command) -> str:
    """The keys that are shown beside a command, "" when it has none."""
    return shown(command.keys[0]) if command.keys else ""
