"""The hints of the command line, which name the command or option that helps.

The errors in `domain` carry hints that name no command, because a web page has none. This table
replaces such a hint, by the error's code, with what to type. Where the hint differs from case to
case, and for warnings, the key is the text itself.
"""

from kalends.domain.errors import N_, DivergedError, KalendsError
from kalends.presentation import error_answers
from kalends.words import Words

HINTS = {
    "usage": N_("See the command's --help."),
    "nothing-said": N_(
        "For example: kalends add July 14 2pm Youth League meeting '#youth' '@Town Hall'."
    ),
    "not-found": N_(
        "See what there is with `kalends agenda`, `kalends dept ls` or `kalends feed ls`."
    ),
    "activity-not-found": N_("`kalends agenda` and `kalends search WORDS` show ids."),
    "department-not-found": N_("`kalends dept ls` lists all of them."),
    "department-mistyped": N_("Did you mean: {near}? `kalends dept ls` lists all of them."),
    "not-shown": N_("`kalends feed explain ID` says what subscribers see of it, and why."),
    "token-not-found": N_("`kalends token ls` lists all of them."),
    "body-too-long": N_(
        "Split the file, and record its parts one after the other: `kalends add --from FILE`."
    ),
    "exposed-token": N_("Let only yourself read it: `chmod 600 {path}`."),
    "folder-only": N_("Run it there, without --server and without KALENDS_SERVER."),
    "other-actor": N_("Leave out --actor."),
    "token-refused": N_("The campaign office can make a new one: `kalends token new`."),
    "hook-not-found": N_("`kalends webhook ls` lists all of them."),
    "digest-not-found": N_("`kalends digest ls` lists all of them."),
    "digests-behind": N_(
        "`kalends digest ls` says why. Nothing is lost: the next `kalends digest send` tries again."
    ),
    "no-oidc": N_("Install them: `pip install 'kalends[oidc]'`. Tokens work without them."),
    "no-notify": N_(
        "Install it: `pip install 'kalends[notify]'`. Everything else works without it."
    ),
    "hooks-behind": N_("`kalends webhook ls` says why. They are tried again after a while."),
    "hook-paused": N_(
        "Repair the receiver, then `kalends webhook resume MARK`; or `kalends webhook revoke MARK`."
    ),
    "insecure-hook": N_("Give an https address, or leave out --withheld."),
    "bad-hooks": N_(
        "Restore it from a backup. If only sent-MARK.json is lost: `kalends webhook resume MARK --from POSITION`."
    ),
    "secret-not-found": N_("`kalends feed secret ls` lists all of them."),
    "feed-not-found": N_("`kalends feed ls` lists all of them."),
    "port-in-use": N_("Stop it, or choose another port: `kalends serve --port 8001`."),
    "withheld-log": N_(
        "Leave out --public-log; hashes, checkpoints and proofs are still there. To publish the lines all the same, give it twice."
    ),
    "not-started": N_("Its output above says why. Try it with --workers 1."),
    "workspace-not-found": N_(
        "Go into one, name one with -C DIR, or make one with `kalends init DIR --title TITLE`."
    ),
    "unreadable-date": N_(
        "Write it like 2020-07-14 14:30, July 14 or July 14 3pm. `kalends when PHRASE` tries one."
    ),
    "two-readings": N_(
        "Write it so that it can be only one of them, like July 14 3pm; or give it with --when."
    ),
    "half-read-date": N_(
        "Put the time right after the date, like July 14 3pm; record each day of what is "
        "repeated. If it is part of the title, give the title with --title."
    ),
    "deadline": N_(
        "Write the day on which it happens. If the deadline is part of the title, give the "
        "title with --title."
    ),
    "second-date": N_(
        "Record one activity in each sentence. If the second date is part of the title, give "
        "the title with --title."
    ),
    "torn-date": N_("Write the date in one piece, like July 14 3pm; or give it with --when."),
    "half-read-department": N_(
        "Name all departments before what happened, or with --dept. Register new ones with "
        "`kalends dept add NAME`. If it is part of the title, give the title with --title."
    ),
    "no-lead": N_(
        "Name the department that led before what happened, or give all departments with --dept. "
        "Register a new one with `kalends dept add NAME`."
    ),
    "half-read-place": N_("Write the place in quotation marks, or give the title with --title."),
    "half-read-tag": N_(
        "Write a tag without blanks and commas, like #youth. If the rest is part of the title, give the title with --title."
    ),
    "no-date": N_("Begin with the date, like 2020-07-14 or July 14 3pm, or give it with --when."),
    "no-department": N_("Give it with --dept, or register it with `kalends dept add NAME`."),
    "near-department": N_(
        "Did you mean: {near}? Give it with --dept, or register it with `kalends dept add NAME`."
    ),
    "no-title": N_("Add a few words for the title, or give it with --title."),
    "not-taking-place": N_(
        "Change the recorded activity: `kalends cancel ID`, `kalends move ID`. If this is to be recorded too, "
        "give the title with --title."
    ),
    "on-record": N_(
        "If it is a different activity, add --allow-duplicates. To change the recorded one: "
        "`kalends held {ref}`, `kalends move {ref}`, `kalends correct {ref}`."
    ),
    "If it is a different activity, say so. Otherwise correct the recorded activity.": N_(
        "If it is a different activity, add --allow-duplicates. To change the recorded one: `kalends correct {ref}`."
    ),
    "like-line": N_("If both took place, add --allow-duplicates. If not, remove one line."),
    "clock-ahead": N_("If the clock is right, add --yes. If not, correct it first."),
    "clock-before": N_(
        "If the clock is right: `kalends campaign clock --reason TEXT --yes`. If not, correct it first."
    ),
    "clock-unlikely": N_("If the clock is right, add --yes. If not, correct it first."),
    "conflict": N_("Look at it again with `kalends show`, then repeat the command."),
    "reason-required": N_("Add --reason and say why, for those who read the history later."),
    "not-possible": N_(
        "`kalends show ID` shows what happened to it; `kalends correct ID` puts a wrong record right."
    ),
    "retracted": N_("Record it again with `kalends add`."),
    "bad-merge": N_(
        "Name another department to merge into; `kalends dept ls` shows who belongs to whom."
    ),
    "department-closed-ever": N_(
        "Name the department that took over; or give the day on which it ended, with --on: `kalends dept close` or `kalends dept merge`."
    ),
    "department-in-use": N_("Undo that first, or close the department: `kalends dept close`."),
    "merged": N_(
        "Register the new office with `kalends dept add`; `kalends undo` undoes a merge."
    ),
    "bad-parent": N_("Name another parent; `kalends dept ls` shows who belongs to whom."),
    "not-an-alias": N_(
        "`kalends dept show {code}` lists its aliases. To change the name, use `kalends dept "
        "rename`."
    ),
    "registered-otherwise": N_("Change it with a command of `kalends dept`, or remove the line."),
    "nothing-to-undo": N_("`kalends log` shows who did what."),
    "changed-since": N_("`kalends log` shows the later change; correct it with a new command."),
    "bad-campaign": N_("Write it like this: {form}. See `kalends campaign set --help`."),
    "clock-behind": N_(
        "Nothing was recorded. If the clock is wrong, correct it and try again. If it is "
        "right now but was ahead before: `kalends campaign clock --reason TEXT`."
    ),
    "unpublished": N_("Run `kalends publish`."),
    "unfinished": N_("`kalends publish` finishes it."),
    "journal-behind": N_("`kalends publish` writes the others."),
    "no-key": N_(
        "Copy it to this machine, or make another key: `kalends audit checkpoint --new-key`."
    ),
    "unfinished-key": N_("`kalends audit checkpoint --new-key` finishes it; or delete the file."),
    "retired-key": N_(
        "Copy the newer key to this machine, or make another: `kalends audit checkpoint "
        "--new-key`."
    ),
    **dict.fromkeys(
        ("exposed-key", "seen-key"), N_("{cure} Then `kalends audit checkpoint --new-key`.")
    ),
    "forged-journal": N_(
        "Restore it from git or from a backup; `kalends audit verify` says more. Nothing was changed."
    ),
    "diverged": N_(
        "Neither was changed. `kalends audit verify` says which of the two was signed. To keep the journal: `mv events/kalends.db* ..`. To keep the database: `mv events/journal.jsonl ..` and `kalends publish`; if that says that something else was signed, also `mv events/checkpoint* ..` and `kalends audit checkpoint`. Record again what only the other one held."
    ),
    DivergedError.hint_on_server: N_(
        "Neither was changed. `kalends audit verify` says which of the two was signed. Everybody else uses the database: to keep it, `mv events/journal.jsonl ..` and `kalends publish`; if that says that something else was signed, also `mv events/checkpoint* ..` and `kalends audit checkpoint`. Record again what only the journal held."
    ),
    "bad-manifest": N_("When the journal is complete, `kalends publish` writes it again."),
    "feeds-ahead": N_(
        "Bring the newer events/journal.jsonl back, from git, a backup or a clone. Only if its "
        "events are lost for good: `kalends publish`; calendars then lose them, too."
    ),
    "pack-given": N_("`kalends audit check-pack {name}` checks a pack."),
    "feeds-differ": N_("`kalends publish` writes them again. Then ask who changed them."),
    "no-trusted-key": N_(
        "If it named keys, bring it back from git or a backup. If it never did, `kalends audit "
        "checkpoint --new-key` makes one and signs the log as it stands."
    ),
    "unsigned": N_(
        "`kalends audit checkpoint` signs the log as it stands; keep a copy elsewhere."
    ),
    "rewritten": N_(
        "Nothing more is signed. Keep a copy of the folder; `kalends audit verify` tells what differs. Restore events/journal.jsonl from git or from a backup. Only if what was signed is lost for good: `mv events/checkpoint* ..`, then `kalends audit checkpoint`; whoever kept a checkpoint will see it."
    ),
    "shortened": N_(
        "Nothing more is recorded or signed. Keep a copy of the folder. Bring the newer events/journal.jsonl back, from git, a backup or a clone. Only if the newer events are lost for good: `mv events/checkpoint* ..`, then `kalends audit checkpoint`, and record them again; whoever kept a checkpoint will see it."
    ),
    "journal-cut": N_(
        "Nothing is lost: the database holds them, and `kalends publish` writes them again. Then ask who shortened the journal."
    ),
    "folder-for-file": N_(
        "Move the folder away: `mv {name} {name}.aside`. If a file was there, restore it from git or from a backup; `kalends publish` makes feeds and a missing journal again."
    ),
    "file-for-folder": N_(
        "Move the file away: `mv {name} {name}.aside`. If a folder was there, restore it from git or from a backup; `kalends publish` makes feeds and a missing journal again."
    ),
    "settings-gone": N_(
        "Bring it back from git (`git checkout kalends.toml`) or a backup. An empty file of that name opens the record for reading, but it trusts no key: the keys were in the file that is gone."
    ),
    "link": N_(
        "Remove the link: `rm {name}`. If you set it to keep data elsewhere, move the whole workspace there and link to it instead. Nothing was written."
    ),
    "hard-link": N_("Make it a file of its own: `cp {name} {name}.new && mv {name}.new {name}`."),
    "special-file": N_("Remove it: `rm {name}`. Nothing was read from it or written to it."),
    "tracked-cache": N_(
        "`git rm -r --cached {name}`, delete the folder, and keep {name}/ in .gitignore."
    ),
    "corrupt-database": N_(
        "Move it away, all of it: `mv events/kalends.db* ..`; the next command restores it from events/journal.jsonl."
    ),
    "open-secrets": N_("Let only its owner read it: `chmod 600 {name}`."),
    "no-office": N_("Install them: `pip install 'kalends[office]'`. CSV needs nothing more."),
    "no-postgres": N_("Install it: `pip install 'kalends[postgres]'`."),
    "no-web": N_(
        "Install them: `pip install 'kalends[web]'`. Everything else works without them."
    ),
    "never-served": N_(
        "`kalends feed show NAME --known-at P` prints what it said at any position."
    ),
    "departs": N_(
        "Views: delete the folder .kalends. Feeds: `kalends publish`. Then ask who changed them."
    ),
    "bad-line": N_("{cure} Nothing was recorded; --keep-going records the other lines."),
    "The journal is what was signed; the database was changed. Move the database away; it is then restored from the journal.": N_(
        "The journal is what was signed; the database was changed. Move the database away: `mv events/kalends.db* ..`; the next command restores it."
    ),
    "The database is what was signed; the journal was changed. Move the journal away; publishing writes it again.": N_(
        "The database is what was signed; the journal was changed. Move the journal away: `mv events/journal.jsonl ..`; `kalends publish` writes it again."
    ),
    "Proved only by this folder's own checkpoints: positions 1 to {proved} are as they were signed. Nothing recorded up to {since} has changed since the oldest valid checkpoint was signed, unless somebody with the key signed again. A copy kept elsewhere would prove more.": N_(
        "Proved only by this folder's own checkpoints: positions 1 to {proved} are as they were signed. Nothing recorded up to {since} has changed since the oldest valid checkpoint was signed, unless somebody with the key signed again. To compare with a copy kept elsewhere, use --against."
    ),
    "If it did take place, record it again.": N_(
        "If it did take place, record it again with `kalends add`."
    ),
    "What was set then can be changed.": N_("`kalends campaign set` changes what was set then."),
    "! {day} lies outside the campaign ({first} — {last}).": N_(
        "! {day} lies outside the campaign ({first} — {last}). If that is wrong: `kalends undo`."
    ),
    "! {day} is still to come. If it was not held yet, undo it.": N_(
        "! {day} is still to come. If it was not held yet: `kalends undo`."
    ),
}


def in_words(words: Words, error: KalendsError) -> error_answers.ErrorShape:
    """Return an error's code, message and hint in a language; the hint says what to type."""
    return error_answers.in_words(words, error, HINTS)
