"""Every code of a known error, fault, damage or notice, and its sentence: what happened, what is safe, what to do."""

from __future__ import annotations

from progression.words.catalogue import N_
from progression.words.known_catalogues import CATALOGUES
from progression.words.known_languages import LANGUAGES
from progression.words.known_letterhead import LETTERHEAD
from progression.words.known_reports import REPORTS

SENTENCES: dict[str, str] = {
    **CATALOGUES,
    **LANGUAGES,
    **LETTERHEAD,
    **REPORTS,
    "backup.not_kept": N_(
        "Everything is saved, but no backup of it could be kept in {folder}. Make room on the disk, or check it. The "
        "next closing tries again."
    ),
    "backup.unreadable": N_("The backup {file} cannot be used ({reason}). Nothing was changed. Choose another backup."),
    "case.closed": N_(
        "The case was closed on {day} already. Nothing was changed. Open it again, or undo the closing, to close it "
        "in another way."
    ),
    "case.closed_then": N_(
        "The case closed on {day}. What you typed is still here, but is not saved. Choose a day in the case, or open "
        "the case again first. Correct this:"
    ),
    "case.open": N_("The case is open. Nothing was changed. Only a closed case can be reopened."),
    "citizen.changed_since": N_(
        "{who} has corrected the citizen's details meanwhile, {time}. Nothing was saved, and what you typed is still "
        "here. Look at what stands now, and save again."
    ),
    "citizen.gone": N_("The citizen is no longer here. Nothing was changed. Go back to Today."),
    "citizen.invalid": N_("The citizen is not saved yet. What you typed is still here. Correct this:"),
    "citizen.number_taken": N_(
        "Another citizen already has the number {number}. Nothing was saved. Choose another number, or leave it empty."
    ),
    "citizen.unknown": N_(
        "There is no citizen with the number {number}. Nothing was changed. See the numbers with: progression citizens."
    ),
    "closing.invalid": N_("The case is as it was. What you typed is still here. Correct this:"),
    "conversation.by_import": N_(
        "Answers on the scale {scale} cannot be entered here, since its steps have no key each. Nothing was "
        "changed. Import them from a file."
    ),
    "conversation.draft_open": N_(
        "There is an unfinished draft dated {day}. It is safe. Finish it or start it over before you correct "
        "another date."
    ),
    "conversation.empty": N_("Nothing is answered yet. Nothing was saved. Answer at least one row, then finish."),
    "conversation.invalid": N_("The assessment is not saved yet. Your answers are kept as a draft. Correct this:"),
    "damage.body": N_("The content of an event does not verify: {where}. Newest good backup: {newest_backup}"),
    "damage.chain": N_("An event does not follow the one before it: {where}. Newest good backup: {newest_backup}"),
    "damage.gap": N_("An event is missing before {where}. Newest good backup: {newest_backup}"),
    "damage.guard": N_("A guard of the journal is missing: {where}. Newest good backup: {newest_backup}"),
    "damage.hash": N_("An event does not verify: {where}. Newest good backup: {newest_backup}"),
    "damage.header": N_(
        "The file {where} is damaged. The other copy opens the database, and the file is repaired at the next opening."
    ),
    "damage.page": N_("A page of the file is not what was written: {where}. Newest good backup: {newest_backup}"),
    "damage.projection": N_("The table {where} is not what the journal says. Make it again with: progression rebuild."),
    "damage.structure": N_("The structure of the file is broken: {where}. Newest good backup: {newest_backup}"),
    "decision.follow_up_past": N_(
        "The follow-up date {day} has passed. The decision is not saved yet. Choose today or a later day."
    ),
    "decision.invalid": N_("The decision is not saved yet. What you typed is still here. Correct this:"),
    "disk.failed": N_(
        "The disk that holds {folder} did not answer as it should ({reason}). What was saved before is safe, "
        "but the last thing was not saved. Check the disk and try again."
    ),
    "disk.full": N_(
        "The disk that holds {folder} is full. What was saved before is safe, but the last thing was not "
        "saved. Make room on the disk and try again."
    ),
    "typed.homeless": N_(
        "What you were writing has no place any more: what it was about has been changed meanwhile. "
        "Everything saved is safe. Copy it from here: {text}"
    ),
    "exchange.event_damaged": N_(
        "Something received is damaged (stream {stream}, number {seq}). None of it was taken in, and what was "
        "here is as it was. Exchange again."
    ),
    "estimates.nobody": N_(
        "Nobody has been assessed twice on the scale {scale} yet, so there is nothing to estimate from. What was in "
        "force still is. Come back when there are more answers."
    ),
    "estimates.not_finite": N_(
        "The estimates for the scale {scale} could not be computed from these answers. What was in force still is. Try "
        "again when there are more answers, or report it."
    ),
    "export.empty": N_(
        "There is nothing to export: no citizen, assessment or intervention is saved yet. No file was written. "
        "Import or add something first."
    ),
    "export.exists": N_(
        "{file} is there already. It was not touched, and nothing was exported. Choose another folder, or move "
        "the old files first."
    ),
    "export.too_long": N_(
        "A text in the column {column} of {file} is longer than a cell of a workbook can hold. Nothing was "
        "exported, and the database is as it was. Choose CSV or SQLite instead."
    ),
    "export.too_many_rows": N_(
        "{file} has {rows} rows, more than a sheet can hold. Nothing was exported, and the database is as it was. "
        "Choose CSV or SQLite instead."
    ),
    "fault.about": N_("A decision is about flag:ID, intervention:ID or citizen."),
    "fault.active_state": N_("{key}: a type that counts as active cannot also be {value}."),
    "fault.after_closing": N_("{key} is {value}, which is after the case closed, {date}."),
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
    "fault.gap": N_("{key} is {value}, which leaves a gap: the rule should begin on {date}, right after its last row."),
    "fault.future": N_("{key} is {value}, which has not come yet."),
    "fault.gone": N_("The intervention is no longer here."),
    "fault.hidden_question": N_("{key}: an indicator that the citizen answers must also be shown to the citizen."),
    "fault.indicator": N_("There is no indicator {value} in the scale {scale}. It has: {choices}."),
    "fault.intervention_type": N_("There is no intervention type {value}. Known: {choices}."),
    "fault.language": N_("{key} is missing: the text is needed in Danish and English."),
    "fault.mic_too_large": N_("{key} is {value}, which is more than the whole scale spans ({maximum})."),
    "fault.min_max": N_("{key} is {value}, but should be above the minimum, {minimum}."),
    "fault.missing": N_("{key} is missing."),
    "fault.case_closed": N_(
        "{key} is {value}, but the case was closed on {date}. Reopen the case first, or choose an earlier day."
    ),
    "fault.newer": N_("{key} is {value}: the file was made for a newer program. This one reads up to {known}."),
    "fault.no_answers": N_("Nothing has been answered yet."),
    "fault.no_review": N_("An exemption should have a date on which it is looked at again."),
    "fault.no_whole": N_("{key}: no indicator has in_whole = true, so there is no whole scale."),
    "fault.not_asked": N_("{key} is written, but this rater is not asked about the indicator."),
    "fault.months_or_weeks": N_("{key}: give either months or weeks, and only one of them."),
    "fault.no_name": N_("The name is missing."),
    "fault.no_until": N_("The consent has no last day. It holds until it is withdrawn."),
    "fault.not_positive": N_("{key} is {value}, but should be above 0."),
    "fault.not_rated_by": N_("{indicator} is not rated by {value}, only by: {choices}."),
    "fault.not_whole": N_("The score is {value}, but should be a whole step from {minimum} to {maximum}."),
    "fault.other_kind": N_("{key} is {value}, but every row of the rule {rule} should be of one kind: {kind}."),
    "fault.outcome_open": N_("An outcome is given, but the case has no closing date."),
    "fault.overlap": N_(
        "{key} is {value}, but the row before it holds until {date}. Two rows of one rule cannot overlap."
    ),
    "fault.overlaps_itself": N_(
        "The same intervention runs already, from {date} to {end}. End that one first, or change this one."
    ),
    "fault.planned_past": N_("{key} is {value}, which has passed. What is planned lies today or later."),
    "fault.range": N_("{key} is {value}, but should be between {minimum} and {maximum}."),
    "fault.rater": N_("{key} is {value}. Those who can rate are: {choices}."),
    "fault.same_person": N_("{key}: a case is handed over to somebody else than the one who has it."),
    "fault.score": N_("The score is {value}, but should be from {minimum} to {maximum}."),
    "fault.step_outside": N_("{key}: step {value} is outside the scale, {minimum} to {maximum}."),
    "fault.steps_missing": N_(
        "{key}: a text is missing for step {steps}. Every step from {minimum} to {maximum} needs one."
    ),
    "fault.time": N_("{key} is {value}, but should be a time of day such as 09:30."),
    "fault.too_late": N_("{key} is {value}, which is too far ahead. It should be {date} at the latest."),
    "fault.toml": N_("Line {line}, column {column}: this is not valid TOML ({detail})."),
    "fault.too_early": N_("{key} is {value}, which is before {date}."),
    "fault.twice": N_("{key}: {value} is there twice."),
    "fault.two_responsible": N_(
        "{caseworker} is the coordinating caseworker already, from {date}. End that assignment first, or choose "
        "another role."
    ),
    "fault.type": N_("{key} is {value}, but should be {type}."),
    "fault.unknown_key": N_("{key} is not a known key. Known here: {known}."),
    "fault.unknown_language": N_("{key}: {value} is not a language code such as da, en or ar."),
    "file.not_named": N_("No file was named. Nothing was changed. Name it after the command."),
    "file.unreadable": N_(
        "The file {file} cannot be read. Nothing was changed. Check that it is there and that you may open it."
    ),
    "file.unwritable": N_(
        "The file {file} cannot be written. Everything in the database is safe. Choose another place, or close "
        "the program that has it open."
    ),
    "folder.read_only": N_(
        "Nothing can be written in {folder}. Nothing was changed. Choose another folder, or ask for the right "
        "to write there."
    ),
    "folder.unusable": N_(
        "{folder} cannot be used as a folder. Nothing was changed. Check the name, or choose another folder."
    ),
    "import.faults": N_(
        "The import was stopped. Faults to correct first: {n}. Nothing was saved, and the database is as it was. "
        "Correct the lines below in the files, or in the system they come from, and import again."
    ),
    "import.mapping": N_(
        "The mapping {file} cannot be used. Keys to correct first: {n}. Nothing was read or saved. Correct the keys "
        "below and import again."
    ),
    "import.mapping_broken": N_(
        "The mapping {file} is not valid TOML; the fault is at line {line}. Nothing was read or saved. Correct "
        "the line and import again."
    ),
    "import.no_such_source": N_(
        "There is no file or folder {path}. Nothing was read or saved. Check the name and try again."
    ),
    "import.not_a_workbook": N_(
        "{path} is not a workbook that can be read. Nothing was saved. Open it in a spreadsheet program, save "
        "it as XLSX or CSV, and import again."
    ),
    "import.nothing_to_read": N_(
        "Nothing in {path} is a file of an import, such as citizens.csv or assessments.csv. Nothing was saved. "
        "Give the files their names, or name them in a mapping (--mapping)."
    ),
    "import.unreadable": N_(
        "{path} cannot be read ({reason}). Nothing was saved. Check that the file is there, that you may read "
        "it and that no other program holds it."
    ),
    "import.workbook_has_password": N_(
        "{path} is protected with a password and cannot be read. Nothing was saved. Save a copy without a "
        "password, import it and delete the copy."
    ),
    "intervention.invalid": N_("The intervention is not saved yet. What you typed is still here. Correct this:"),
    "journal.nothing": N_(
        "There is nothing to write a note about yet. Nothing was copied. Hold a conversation or write in the plan "
        "first."
    ),
    "note.invalid": N_("The note is not saved yet. What you typed is still here. Correct this:"),
    "notice.drafts_expired": N_("Drafts that nobody touched for 30 days were removed: {count}."),
    "notice.fork": N_(
        "Two devices wrote at the same place (stream {stream}, number {seq}). Both are kept, and one of them "
        "is set aside."
    ),
    "notice.header_repaired": N_(
        "The file {file} was damaged. Its second copy was used and the file was repaired. Nothing is lost."
    ),
    "notice.new_incarnation": N_(
        "This copy of the database goes on as a new device, so that nothing written elsewhere is overwritten. "
        "Everything that was in the copy is here."
    ),
    "notice.restored": N_("The backup of {made} is in place. Nothing that was here is missing in it."),
    "notice.restored_unknown": N_(
        "The backup of {made} is in place. What was written after that is not in it; how much that is, cannot be told, "
        "since the database that was here cannot be read."
    ),
    "notice.restored_without": N_(
        "The backup of {made} is in place. Not in it are {facts} facts that were here, the latest of {latest}. They "
        "are in the database that is set aside."
    ),
    "notice.set_aside": N_("The database that was here before is set aside in {folder}."),
    "output.no_room": N_(
        "There is no room where the output was to go, so it is not whole. Everything in the database is safe. Make "
        "room on the disk, or write it to another place."
    ),
    "passphrase.differs": N_("The two passphrases are not the same. Nothing was made. Try again."),
    "passphrase.file_empty": N_(
        "The first line of {file} is empty, so no passphrase was given. Nothing was opened or made. Write the "
        "passphrase there."
    ),
    "passphrase.missing": N_(
        "No passphrase was given. Nothing was opened. Give one with --passphrase-file or in the variable {variable}."
    ),
    "plan.invalid": N_("The plan is not changed yet. What you typed is still here. Correct this:"),
    "preferences.not_saved": N_(
        "Your choices of language and look cannot be kept in {folder}. They hold until you close, and "
        "everything in the database is safe. Make sure that the folder can be written to."
    ),
    "rules.invalid": N_(
        "The file of rules {file} has faults and was not installed. Nothing was changed. Correct these and try again:"
    ),
    "rules.method": N_("There is no method called {value}. Nothing was changed. Choose one of: {choices}."),
    "rules.threshold": N_(
        "{value} cannot be used for {name}. Nothing was changed. Choose a figure from {low} to {high}."
    ),
    "rules.unknown": N_("There is no set of rules called {name} here. Nothing was changed. Choose one of: {choices}."),
    "scale.invalid": N_(
        "The scale file {file} has faults and was not installed. Nothing was changed. Correct these and try again:"
    ),
    "scale.no_indicator": N_(
        "The scale {scale} has no indicator called {indicator}. Nothing was changed. See them with: "
        "progression scales show {scale}."
    ),
    "scale.unknown": N_(
        "There is no scale called {scale} here. Nothing was changed. See the names with: progression scales list."
    ),
    "scale.unreadable": N_(
        "The scale file {file} cannot be read ({reason}). Nothing was changed. Check that it is there and "
        "saved as text in UTF-8."
    ),
    "talk.double_booked": N_(
        "There is another conversation at {time} on {day}, with the same caseworker. This one is not saved yet. What "
        "you typed is still here. Choose another time, or save it all the same."
    ),
    "talk.invalid": N_("It is not saved yet. What you typed is still here. Correct this:"),
    "talk.replaced": N_("Somebody has changed this since you saw it. Nothing was changed. Read it again, then decide."),
    "vault.damaged": N_(
        "The database in {folder} is damaged ({what}). It was not changed, and your backups are not touched. "
        "Restore the newest good backup: {newest_backup}"
    ),
    "vault.exists": N_(
        "There is something in {folder} already. It was not touched, and nothing was made. Choose another "
        "folder, or open the database that is there."
    ),
    "vault.header_damaged": N_(
        "Both copies of the file that opens the database in {folder} are damaged. The answers themselves may "
        "be whole, and nothing was changed. Restore the newest good backup: {newest_backup}"
    ),
    "vault.in_use": N_(
        "The database is open in another place: {holder} (process {pid}) since {since}. Nothing was changed. "
        "Close it there, or wait and try again."
    ),
    "vault.network": N_(
        "{folder} lies on a network drive, where a database can be damaged. Nothing was opened or made. Choose "
        "a folder on this computer."
    ),
    "vault.newer": N_(
        "This was made by a newer version of the program (format {version}; this one reads up to {known}). "
        "Nothing was changed. Install the newer version and try again."
    ),
    "vault.none": N_(
        "There is no database in {folder}. Nothing was changed. Make one with: progression new, or name another "
        "folder with --db."
    ),
    "vault.not_a_vault": N_(
        "There is no database of this program in {folder}. Nothing there was touched. Choose the folder in "
        "which yours lies."
    ),
    "vault.passphrase_empty": N_(
        "The passphrase is empty. Nothing was made. Choose four ordinary words that do not belong together."
    ),
    "vault.recovery_key_mistyped": N_(
        "The recovery key is not as it was printed: {group}. Nothing was opened and nothing was changed. "
        "Compare it with the paper and try again."
    ),
    "vault.wrong_passphrase": N_(
        "The passphrase does not match. Nothing was opened and nothing was changed. Try again, or use the recovery key."
    ),
    "vault.wrong_recovery_key": N_(
        "The recovery key is typed correctly but belongs to another database. Nothing was opened and nothing "
        "was changed. Find the key for this one, or use the passphrase."
    ),
    # people, hand-over and consents
    "assignment.invalid": N_("The assignment is not saved. What you typed is still here. Correct this:"),
    "consent.invalid": N_("The consent is not saved. What you typed is still here. Correct this:"),
    "fault.own_case": N_("{key}: somebody else than the citizen's own caseworker looks through the case."),
    "fault.person_taken": N_("There is a colleague with the key {value} already. Choose another."),
    "fault.person_unknown": N_("There is no colleague {value}. Known: {choices}."),
    "handover.all_stay": N_(
        "Every citizen stays with {person}. Nothing was changed. Choose who takes over at least one of them."
    ),
    "handover.closed": N_(
        "The case of {numbers} is closed, and was not handed over. Nothing was changed. Open the case again "
        "first, or leave it out."
    ),
    "handover.invalid": N_("Nothing was handed over. What you typed is still here. Correct this:"),
    "handover.nobody": N_(
        "{person} is responsible for nobody on {date}. Nothing was changed. Choose another colleague or another day."
    ),
    "handover.same_day": N_(
        "{person} became responsible for {numbers} on {date}, and two cannot be responsible on the same day. "
        "Nothing was handed over. Choose a later day, or correct that assignment."
    ),
    "handover.two_responsible": N_(
        "{person} is to be responsible for {numbers} from {date} on. Then two would be responsible on the same "
        "day. Nothing was handed over. Correct that assignment first, or leave the case out."
    ),
    "handover.unknown": N_(
        "There is no such hand-over here, or it is taken back already. Nothing was changed. See who is responsible now "
        "on the citizen's page."
    ),
    "person.in_use": N_(
        "{person} is named by {n} facts and stays in the list. Nothing was changed. Hand over the cases instead."
    ),
    "person.invalid": N_("The colleague is not saved. What you typed is still here. Correct this:"),
    "person.unknown": N_("There is no colleague {person}. Nothing was changed. Known: {choices}."),
    "professional.invalid": N_("The professional is not saved. What you typed is still here. Correct this:"),
    "review.invalid": N_("The review is not saved. What you typed is still here. Correct this:"),
    "team.unknown": N_("There is no team {team} with open cases. Nothing was changed. Known: {choices}."),
    "undo.changed_since": N_(
        "{who} has changed a part of it since, {time}. Nothing was undone. Look at what stands now and change that."
    ),
    "undo.erased": N_(
        "What stood before has been erased, so this cannot be undone. Nothing was changed. Correct what stands now "
        "instead."
    ),
}
