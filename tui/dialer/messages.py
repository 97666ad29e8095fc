"""What the dialers tell the rep: what is wrong, and what to do. `protocol.say` puts the values in.

Read with the first of them that is said, so that no start waits for it.
"""

from __future__ import annotations

SAID = {
    # A phone of the rep's own.
    "as_typed": "Dial {typed} on your phone.",
    "put_stored": "The number is on the clipboard.",
    "put_sent": "The terminal was asked to copy the number; not every one does.",
    "put_tmux": "The number is in tmux's buffer: prefix ] pastes it.",
    "take_on_phone": "Take the call on your phone.",
    "digits_on_phone": "Press the digits on your phone.",
    "speak_message": "Only the softphone can play a recorded message. Please speak it.",
    "mute_on_phone": "Mute the call on your phone.",
    "hold_on_phone": "Hold the call on your phone.",
    "cannot_record": "Only the softphone can record a call.",
    "bad_number": "This number cannot be dialled as it is written. Correct it on the card: + and the country first.",
    # How calls are placed.
    "bad_prefix": "dialer.prefix in your own settings: up to six digits, * or #.",
    "no_such_dialer": "`{kind}` is no way to dial. Set  dialer: manual, uri, command or softphone.",
    # A link that another program opens.
    "bad_scheme": "`{scheme}` is not a kind of phone link. Use one of: {schemes}.",
    "no_desktop": "No desktop is in reach from here, so no phone program can open. "
    "Start powerhour on your own machine, or set  dialer: manual.",
    "no_handler": "No program on this machine opens {scheme}: links. "
    "Choose one in the settings of your system, or set  dialer: manual.",
    "no_opener": "xdg-open is not installed. Install xdg-utils, or set  dialer: manual.",
    "opener_not_started": "{name} could not start: {why}. Or set  dialer: manual.",
    "link_opened": "Your phone program was asked to call.",
    # A command of the rep's own.
    "bad_command": "dialer.command in your own settings: {problem}.",
    "no_words": 'It must be a list of words, for example ["xdg-open", "tel:{{e164}}"]',
    "no_name": "The program's name cannot hold a placeholder",
    "depends_on_folder": "`{name}` depends on the folder you are in; give the whole path",
    "unknown_placeholder": "`{{{name}}}` is unknown; use {{e164}}, {{digits}} or {{national}}",
    "same_call": "It has no {{e164}}, so every person would get the same call",
    "not_installed": "{name} is not installed. Install it, or change dialer.command in your own settings.",
    "not_started": "{name} could not start: {why}.",
    "not_finished": "{name} did not finish within {seconds:g} seconds and was stopped.",
    "no_reason": "it gave no reason",
    "failed": "{name} failed ({exit}): {why}",
    "asked": "{name} was asked to call.",
    # The softphone: what is installed, and its account.
    "no_softphone": "The softphone baresip is not installed. Debian and Ubuntu:  sudo apt install baresip-core  "
    "macOS:  brew install baresip  Or set  dialer: manual.",
    "no_control": "{program} has no module ctrl_tcp, so it cannot be steered. "
    "Install baresip from your system's packages, or set  dialer: manual.",
    "not_on_this_system": "The softphone works on Linux and macOS. Set  dialer: manual, uri or command.",
    "long_path": "The softphone cannot write to a path this long: {path}",
    "bad_password": "The phone password holds a character the softphone cannot take "
    '(a line break, or " with ; or space). Ask for another password.',
    "long_account": "The phone account is too long for the softphone. Shorten server, login or password.",
    "no_account": "The softphone needs your phone account. "
    'In your own settings: softphone: {{account: "sip:you@example.com"}}',
    "unknown_setting": "softphone.{name} is unknown. There are: account, {known}.",
    "bad_setting": "softphone.{name} in your own settings: {value!r} does not do. Write it like  {example}",
    "one_of_two": "{one} or {other}",
    "seconds": "60s or 2 min (5s to 10 min)",
    "whole_path": "the whole path, /home/you/file",
    "no_password": "No password for {address}. Store it once:  {command}  "
    "or set {variable}, or name a private file as softphone.password_file.",
    "others_can_read": "Others can read {path}. Close it first:  chmod 600 {path}",
    "password_unreadable": "The password file {path} cannot be read: {why}.",
    "password_no_text": "The password file {path} is not text (UTF-8).",
    "password_first_line": "The password file {path} must hold the password as its first line.",
    # The softphone runs, or does not.
    "gone": "The softphone is not running. Call again to start it, or set  dialer: manual.",
    "stuck": "The softphone did not answer and was stopped. Log the call as usual; the next dial starts it again.",
    "softphone_not_started": "The softphone could not start: {why}.",
    "did_not_start": "The softphone did not start: {why}. Set  dialer: manual  meanwhile.",
    "place_taken": "Another user of this machine took the softphone's place. Try again.",
    "account_not_taken": "The softphone did not take the account. Check softphone.* in your own settings.",
    "did_not_obey": "The softphone did not obey ({why}).",
    "stopped_signing_in": "The softphone stopped while it signed in. Try again.",
    "signing_in": "The softphone is still signing in. Call again in a moment.",
    "ended_at_once": "it ended at once",
    "no_answer_within": "no answer within {seconds:g} seconds",
    "took_no_commands": "it took no commands within {seconds:g} seconds",
    # The phone server.
    "account_refused": "The phone server did not accept the account ({said}). "
    "Check softphone.account, softphone.login and the password.",
    "no_server": "The phone server cannot be reached ({said}). Check the network and softphone.server.",
    "no_word": "The phone server has not accepted the account for {seconds:g} seconds. Check the network.",
    "server_silent": "The phone server did not answer within {seconds:g} seconds. "
    "Check the network and softphone.server.",
    "no_reason_given": "no reason given",
    # The same in a few words, beside the number of the phone.
    "why_silent": "the phone server says nothing",
    "why_not_started": "the softphone did not start",
    "why_stopped": "the softphone stopped",
    # Sound.
    "no_microphone": "no microphone",
    "no_loudspeaker": "no loudspeaker",
    "microphone_missing": "No microphone found. Plug in a headset and try again, or set  dialer: manual.",
    "loudspeaker_missing": "No loudspeaker found. Plug in a headset and try again, or set  dialer: manual.",
    "microphone_missing_there": "No microphone found (sound is on the machine where powerhour runs). "
    "Plug in a headset and try again, or set  dialer: manual.",
    "loudspeaker_missing_there": "No loudspeaker found (sound is on the machine where powerhour runs). "
    "Plug in a headset and try again, or set  dialer: manual.",
    # A call.
    "over": "The call is over already.",
    "number_before": "The number before is still being dialled. Wait a moment.",
    "still_up": "A call is still up. Hang up or hold it first.",
    "not_begun": "The softphone did not start the call. Try again, or call on your own phone.",
    "message_plays": "Your message is still being left. Hang up on it first, or wait until it is over.",
    "bad_tones": "Only 0 to 9, *, # and A to D can be sent as tones.",
    "muted_or_not": "The softphone did not say whether you are muted. Hang up if it matters.",
    "would_hear": "Another call is up and would hear the message too. End that one first.",
    "nobody_yet": "Nobody has answered yet.",
    "not_in_time": "Nobody answered for {seconds:g} seconds.",
    "line_dead": "Nothing has come from them for {seconds:g} seconds: the line was dead, and the call was ended.",
    # Recordings and the recorded message.
    "not_recorded_here": "Calls are not recorded here. See softphone.record in docs/phone.md.",
    "no_recordings": "Calls cannot be recorded to {folder}: {why}.",
    "no_recorder": "The softphone cannot record, so it did not call. Turn recording off to go on.",
    "message_unplayable": "The message {file} cannot be played ({why}). It must be a WAV file.",
    "message_form": "The message {file} has {rate} Hz, {channels} channel(s), {bits} bit; "
    "48000, 1 and 16 are needed. Convert it:  sox {file} -r 48000 -c 1 -b 16 message.wav",
    "message_empty": "The message {file} is empty. Record it again.",
    "message_failed": "The softphone could not play {file}. Please speak the message.",
    "long_folder": "The folder for temporary files has too long a name. Please speak the message.",
}
