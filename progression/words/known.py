"""Every code of a known error, fault, damage or notice, and its sentence: what happened, what is safe, what to do."""

from __future__ import annotations

from progression.words.catalogue import N_

SENTENCES: dict[str, str] = {
    "citizen.invalid": N_("The citizen is not saved yet. What you typed is still here. Correct this:"),
    "citizen.number_taken": N_(
        "Another citizen already has the number {number}. Nothing was saved. Choose another number, or leave it empty."
    ),
    "citizen.unknown": N_(
        "There is no citizen with the number {number}. Nothing was changed. See the numbers with: progression citizens."
    ),
    "decision.follow_up_past": N_(
        "The follow-up date {day} has passed. The decision is not saved yet. Choose today or a later day."
    ),
    "fault.about": N_("A decision is about flag:ID, intervention:ID or citizen."),
    "fault.active_state": N_("{key}: a type that counts as active cannot also be {value}."),
    "fault.before": N_("{key} is {value}, which is before {field}, {date}."),
    "fault.choice": N_("{key} is {value}, but should be one of: {choices}."),
    "fault.code": N_(
        "{key} is {value}. A code has small letters a-z, digits and _, at most 40, and begins with a letter."
    ),
    "fault.cpr": N_(
        "The CPR number should have ten digits and begin with a date, such as 140680-1234. It can be left out."
    ),
    "fault.cpr_born": N_("The date of birth differs from the CPR number."),
    "fault.cpr_future": N_("The CPR number begins with a date that has not come yet."),
    "fault.cpr_modulus": N_(
        "The CPR number does not meet modulus 11. Newer numbers may not; check that it is typed correctly."
    ),
    "fault.empty": N_("{key} is empty."),
    "fault.future": N_("{key} is {value}, which has not come yet."),
    "fault.hidden_question": N_("{key}: an indicator that the citizen answers must also be shown to the citizen."),
    "fault.indicator": N_("There is no indicator {value} in the scale {scale}. It has: {choices}."),
    "fault.intervention_type": N_("There is no intervention type {value}. Known: {choices}."),
    "fault.language": N_("{key} is missing: the text is needed in Danish and English."),
    "fault.mic_too_large": N_("{key} is {value}, which is more than the whole scale spans ({maximum})."),
    "fault.min_max": N_("{key} is {value}, but should be above the minimum, {minimum}."),
    "fault.missing": N_("{key} is missing."),
    "fault.newer": N_("{key} is {value}: the file was made for a newer program. This one reads up to {known}."),
    "fault.no_answers": N_("Nothing has been answered yet."),
    "fault.no_review": N_("An exemption should have a date on which it is looked at again."),
    "fault.no_whole": N_("{key}: no indicator has in_whole = true, so there is no whole scale."),
    "fault.not_asked": N_("{key} is written, but this rater is not asked about the indicator."),
    "fault.not_positive": N_("{key} is {value}, but should be above 0."),
    "fault.not_rated_by": N_("{indicator} is not rated by {value}, only by: {choices}."),
    "fault.not_whole": N_("The score is {value}, but should be a whole step from {minimum} to {maximum}."),
    "fault.range": N_("{key} is {value}, but should be between {minimum} and {maximum}."),
    "fault.rater": N_("{key} is {value}. Those who can rate are: {choices}."),
    "fault.score": N_("The score is {value}, but should be from {minimum} to {maximum}."),
    "fault.step_outside": N_("{key}: step {value} is outside the scale, {minimum} to {maximum}."),
    "fault.steps_missing": N_(
        "{key}: a text is missing for step {steps}. Every step from {minimum} to {maximum} needs one."
    ),
    "fault.toml": N_("Line {line}, column {column}: this is not valid TOML ({detail})."),
    "fault.too_early": N_("{key} is {value}, which is before {date}."),
    "fault.twice": N_("{key}: {value} is there twice."),
    "fault.type": N_("{key} is {value}, but should be {type}."),
    "fault.unknown_key": N_("{key} is not a known key. Known here: {known}."),
    "fault.unknown_language": N_("{key}: {value} is not a language code such as da, en or ar."),
    "file.not_named": N_("No file was named. Nothing was changed. Name it after the command."),
    "file.unreadable": N_(
        "The file {file} cannot be read. Nothing was changed. Check that it is there and that you may open it."
    ),
    "file.unwritable": N_(
        "The file {file} cannot be written. Everything in the vault is safe. Choose another place, or close "
        "the program that has it open."
    ),
    "intervention.invalid": N_("The intervention is not saved yet. What you typed is still here. Correct this:"),
    "passphrase.differs": N_("The two passphrases are not the same. Nothing was made. Try again."),
    "passphrase.missing": N_(
        "No passphrase was given. Nothing was opened. Give one with --passphrase-file or in the variable {variable}."
    ),
    "scale.invalid": N_(
        "The scale file {file} has faults and was not installed. Nothing was changed. Correct these and try again:"
    ),
    "scale.no_indicator": N_(
        "The scale {scale} has no indicator called {indicator}. Nothing was changed. See them with: progression scales "
        "show {scale}."
    ),
    "scale.unknown": N_(
        "There is no scale called {scale} here. Nothing was changed. See the names with: progression scales list."
    ),
    "scale.unreadable": N_(
        "The scale file {file} cannot be read ({reason}). Nothing was changed. Check that it is there and "
        "saved as text in UTF-8."
    ),
    "types.invalid": N_(
        "The file of intervention types {file} has faults and was not installed. Nothing was changed. Correct"
        " these and try again:"
    ),
    "vault.none": N_(
        "There is no vault in {folder}. Make one with: progression new, or name another folder with --db."
    ),
}
