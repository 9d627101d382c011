"""Duties in words: what is due, how it stands, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from progression.words.catalogue import N_, Words

# short, as in a column: what is to be done
KINDS: dict[str, str] = {
    "assessment": N_("Assessment"),
    "follow_up": N_("Follow-up"),
    "first_conversation": N_("First conversation"),
    "conversations": N_("Conversations"),
    "category_rhythm": N_("Conversation"),
    "intervention_by": N_("Intervention"),
    "assignment_by": N_("Assignment"),
    "after_exemption": N_("Intervention after exemption"),
    "before_end": N_("Follow-up before the end"),
    "clarification_by": N_("Clarification"),
    "rehabilitation_by": N_("Rehabilitation case"),
    "consent_expiry": N_("Consent"),
    "assessment_every": N_("Assessment"),
    "exemption_review": N_("Exemption review"),
    "decision_follow_up": N_("Follow-up"),
    "passive_limit": N_("New intervention"),
    "case_review_every": N_("Case review"),
    "intervention_follow_up": N_("Follow-up on the intervention"),
}
# what meets a duty, where its name does not say so
MET_BY: dict[str, str] = {
    "passive_limit": N_("It is met on the day an intervention or a mentor begins."),
    "intervention_by": N_("It is met on the day an intervention begins."),
    "after_exemption": N_("It is met on the day an intervention begins."),
    "before_end": N_("A conversation or a decision about the intervention meets it."),
    "intervention_follow_up": N_("A conversation or a decision about the intervention meets it."),
    "decision_follow_up": N_("Say what came of it, or decide again about the same."),
}
STATES: dict[str, str] = {
    "met": N_("Met"),
    "met_late": N_("Met late"),
    "overdue": N_("Overdue"),
    "open": N_("Open"),
    "not_applicable": N_("Does not apply"),
}
WHYS: dict[str, str] = {
    "closed": N_("the case is closed"),
    "not_yet": N_("the time has not come yet"),
    "exempt": N_("exempt from activation"),
    "waiting": N_("waits for an intervention"),
    "category": N_("not in the category the rule is for"),
    "ended": N_("ended before that"),
    "withdrawn": N_("the consent was withdrawn"),
    "nothing": N_("nothing registered that the rule asks about"),
    "no_rule": N_("the rule was not in force when the case began"),
}
FACTS: dict[str, str] = {
    "case": N_("the case began"),
    "category": N_("the category"),
    "rule": N_("the rule came into force"),
    "period": N_("the period before ended"),
    "intervention": N_("the intervention"),
    "exemption": N_("the exemption"),
    "conversation": N_("the conversation"),
    "assessment": N_("the assessment"),
    "assignment": N_("the assignment"),
    "decision": N_("the decision"),
    "consent": N_("the consent"),
    "review": N_("the case review"),
}
CHECK_LAW = N_("check the law in force")


def kind(w: Words, code: str) -> str:
    """What is due, in a word or two."""
    return w.t(KINDS[code]) if code in KINDS else code


def fact(w: Words, ref: str) -> str:
    """The kind of fact a duty arose with or was met by."""
    name = ref.partition(":")[0]
    return w.t(FACTS[name]) if name in FACTS else ""


def reason(w: Words, duty: Any, today: date) -> str:
    """Why a duty stands as it does, with its dates; one sentence without a full stop."""
    said = "; ".join(part for part in (_reason(w, duty, today), put_off(w, duty)) if part)
    if duty.wanted and duty.state in ("open", "overdue"):
        return w.t("{done} of {wanted} held; {reason}", done=duty.done, wanted=duty.wanted, reason=said)
    return said


def put_off(w: Words, duty: Any) -> str:
    """That the conversation was put off, and why; "" where it was not, or what was asked for is done. No full stop."""
    if duty.put_off is None or duty.state not in ("open", "overdue"):
        return ""
    day, because = w.date(duty.put_off), duty.because.strip().rstrip(".")
    moved = duty.was_due is not None
    if because:
        if moved:
            return w.t("put off to {day}, because: {reason}", day=day, reason=because)
        return w.t("put off to {day}, because: {reason}; the deadline stands", day=day, reason=because)
    return w.t("put off to {day}", day=day) if moved else w.t("put off to {day}; the deadline stands", day=day)


def met_by(w: Words, kind: str) -> str:
    """What meets a duty of this kind, as a sentence; "" where its name says so."""
    return w.t(MET_BY[kind]) if kind in MET_BY else ""


def _reason(w: Words, duty: Any, today: date) -> str:
    if duty.state == "not_applicable":
        return w.t(WHYS[duty.why])
    if duty.met_on is not None:
        by = fact(w, duty.met_by)
        day = w.date(duty.met_on)
        return w.t("{fact} of {day}", fact=by, day=day) if by else w.t("done {day}", day=day)
    if duty.planned is not None:
        return w.t("planned for {day}", day=w.date(duty.planned))
    if duty.state == "overdue":
        late = (today - duty.due).days
        return w.tn("{n} day overdue", "{n} days overdue", late)
    left = (duty.due - today).days
    return w.tn("{n} day left", "{n} days left", left)
