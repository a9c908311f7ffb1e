"""The exact forms of keys, checkpoints, proofs and journal lines, as regular expressions.

Ids, numbers, base64 and times have exactly one form each. The two small verifiers repeat these
expressions, because they must work alone; a test compares them.
"""

ID, SIZE, B = "[0-9a-hjkmnp-tv-z]{12}", "(0|[1-9][0-9]{0,14})", "[+/-9A-Za-z]"
END, HASH = "[048AEIMQUYcgkosw]=", f"{B}{{42}}[048AEIMQUYcgkosw]="
KEY = rf"((kalends/{ID})\+[0-9a-f]{{8}})\+(A[Q-Za-f]{B}{{42}})(?: {SIZE})?"
# A signer's name: no control, space or invisible character, and no plus.
WHO = r"[^\0- +\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+"
SIGNED = rf"\u2014 ({WHO}) ((?:{B}{{4}})*(?:{B}{{2}}{END}|{B}[AQgw]==|{B}{{4}}))\n"
NOTE = rf"((kalends/{ID})\n{SIZE}\n({HASH})\n)\n((?:{SIGNED})+)"
AT = "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
STATE = rf'\{{(?:(?:[^"{{}}\n]|"(?:[^"\\\n]|\\[^\n])*")*,)?"at":"({AT})"[^\n]*\}}'
LINE = rf'\{{"stream":"([0-9a-z-]+)","version":{SIZE},"topic":"([0-9a-z.-]+)","state":{STATE}\}}'
