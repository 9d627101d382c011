"""What the conversation page says about what is safe and what has to be known, as sentences without a widget."""

from __future__ import annotations

from dataclasses import dataclass

from progression.ui.conversation.keeping import Keeper
from progression.ui.conversation.scoring_state import Scoring
from progression.ui.saying import sentence
from progression.words import Words


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence or two, the text of its button ("" = none), and whether it tells of a fault."""

    text: str
    action: str = ""
    fault: bool = False


def kept_text(w: Words, keeper: Keeper) -> tuple[str, bool]:
    """Whether the draft is safe, and whether that is a fault."""
    if keeper.error is not None:
        return w.t("Not saved yet"), True
    if keeper.busy:
        return w.t("Saving …"), False
    if keeper.saved is not None:
        return w.t("Draft saved {time}", time=w.clock(keeper.saved)), False
    return "", False


def notice_of(w: Words, state: Scoring, keeper: Keeper, message: str, resumed: bool) -> Notice | None:
    """The one thing that has to be known about a sheet, the most important first; None when there is nothing."""
    sheet, day = state.sheet, state.entry.day
    if keeper.error is not None:
        return Notice(_unsafe(w, keeper, keeper.error), w.t("Try again"), True)
    if message:
        return Notice(message)
    if sheet.corrects is not None:
        return Notice(
            w.t(
                "An assessment of {day} is saved already. When you finish, this one takes its place; the old one "
                "stays in the history.",
                day=w.date(day),
            )
        )
    if sheet.begins is not None and day < sheet.begins:
        begins = w.date(sheet.begins)
        return Notice(w.t("The date lies before the citizen's case, which begins {day}.", day=begins))
    if sheet.ends is not None and day > sheet.ends:
        return Notice(w.t("The date lies after the case was closed, {day}.", day=w.date(sheet.ends)))
    if resumed and sheet.saved is not None:
        saved = sheet.saved
        text = w.t(
            "You go on where you left off {day} at {time}.",
            day=w.day_month(saved.date()),
            time=w.clock(saved),
        )
        return Notice(text, w.t("Start over"))
    return None


def _unsafe(w: Words, keeper: Keeper, error: BaseException) -> str:
    """What happened, what is safe, and that the next key tries again."""
    if keeper.saved is None:
        rest = w.t("Your answers stand here on the screen; the next key tries again.")
    else:
        rest = w.t(
            "What was kept {time} is safe, and your answers stand here on the screen; the next key tries again.",
            time=w.clock(keeper.saved),
        )
    return f"{sentence(w, error)} {rest}"
