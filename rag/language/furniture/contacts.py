"""Sentences that tell readers how to follow, reach, tell or show something to an outlet and the people who write it."""

from rag.language.furniture.rule import END, HERE, Table

_NETWORK = (
    r"(?:twitter|x|facebook|instagram|tiktok|linkedin|threads|mastodon|bluesky|snapchat|whatsapp|telegram|flipboard|"
    r"pinterest|signal|google news|apple news|social media)\b"
)
MAIL = r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}"
_HANDLE = r"@\w{2,30}"
_WAY = rf"(?:{MAIL}|{_HANDLE}|https?://\S+|\+?\(?\d[\d() .–-]{{6,18}}|[\w.-]+\.(?:com|org|net|co\.uk)\b(?:/\S*)?)"
_BETWEEN = (
    rf"(?:{_NETWORK}|(?:at|on|or|and|via|by|him|her|them|me|us|directly|with|out|through|you|can|follow|followed|contact|reach|e-?mail|phone|"
    r"call|text|dm|connect|visit|formerly|known|as|the|platform|his|their|work|page|here|handle|username)\b)"
)
WHERE = (
    rf"(?=[^\n]{{0,80}}(?:{MAIL}|{_HANDLE}))(?![^\n]*\.(?:gov|mil|us)\b)"
    rf"(?>(?:{_WAY}|{_BETWEEN})[ ,;:()|–—-]*+){{1,30}}+{END}"
)
"""Nothing but addresses, one of them for letters or messages, and none of an authority."""

_STAFF = r"(?:author|reporter|columnist|writer|correspondent|editor|producer)s?\b"
_PERSON = (
    rf"(?:(?:him|her|them|me|us|the {_STAFF})\b|(?:[\w.&'-]+ ){{0,5}}{_STAFF}(?: [\w.'-]+){{0,4}}|"
    r"(?!(?:det|detective|officer|sgt|sergeant|lt|capt|captain|chief|sheriff)\b)"
    r"(?:the )?(?-i:[A-ZÀ-Þ])[\w.'-]*(?: (?:of |with )?(?:the )?(?-i:[A-ZÀ-Þ])[\w.'-]*){0,6})"
)
WRITER = (
    rf"(?:he|she|they|i|the {_STAFF}|(?:[\w.&'-]+ ){{0,6}}{_STAFF}(?: [\w.'-]+){{0,4}}|"
    r"(?-i:[A-Z])[\w.'-]+(?: (?-i:[A-Z])[\w.'-]*){1,3})"
)

CONTACTS: Table = {
    "follow": (
        r" us (?:on|at|@|here)",
        rf" (?:(?:on|at|him|her|me|{_NETWORK}|:) ?){{0,4}},? ?{_HANDLE}",
        rf" {_PERSON}[^\n]{{0,50}} (?:on|at) (?:{_NETWORK}|{_HANDLE})",
        rf" {_PERSON},? {_HANDLE}(?:,? and {_HANDLE})?{END}",
        rf" on {_NETWORK}(?:(?:,| and|, and) {_NETWORK})*{END}",
        r" (?:along with )?(?:our|[\w' ]{2,30}'s) (?:[\w-]+ ){0,3}(?:coverage|live updates|live blog)\b",
        r" (?:his|her|their) work (?:at|on)\b",
        rf" (?:our |the )?live (?:updates|blog|coverage)(?: here| below)?{END}",
        rf" the (?:latest|live){HERE}",
        r" here for (?:live|the latest|more|updates)",
    ),
    "you can": (
        rf" (?:also )?follow {_PERSON} (?:(?:on|at) )?(?:{_NETWORK}|{_HANDLE})",
        rf" (?:also )?(?:reach|contact|e-?mail|find) (?:him|her|them|me|us) (?:at|on|via) (?:{_WAY}|{_NETWORK})",
    ),
    "like|find|join|connect|message|tag|tweet|watch|add": (
        rf" (?:with )?(?:us|him|her|them|me) (?:at |on |here on )(?:our )?(?:{_NETWORK}|{_HANDLE})",
        r" our (?:facebook )?page\b",
    ),
    "contact|reach|email|e-mail|call|tweet|text|message|write|reach out|connect": (
        rf"(?: to)? {_PERSON}[,:]? {WHERE}",
        rf" (?:with )?this {_STAFF}",
    ),
    "on twitter|on x|on instagram|on facebook": (rf":? ?{WHERE}",),
    "shoot him|shoot her|shoot me|shoot us|drop him|drop her|drop me|drop us|send him|send her|send me|send them": (
        r" an? (?:e-?mail|line|note|message|tweet)\b",
    ),
    "got a|got any|have a|have any|have an": (
        r" (?:\w+ ){0,2}(?:tips?|story ideas?|stor(?:y|ies) to (?:share|tell))\b[^\n]{0,40}\?",
        r" (?:news )?tips?\b[^\n]{0,60}(?:e-?mail|contact|let us know|get in touch|send)",
    ),
    "do you": (
        r" have (?:an?|any) (?:\w+ ){0,2}(?:tips?|story ideas?|stor(?:y|ies) to (?:share|tell))\b[^\n]{0,40}\?",
    ),
    "if you|if you've": (
        r"(?: have| got)+ (?:a|an|any) (?:\w+ ){0,2}story ideas?\b",
        r"(?: have| got)+ (?:a|an|any) [^\n]{0,100}, (?:please )?(?:drop|e-?mail|tell|send) (?:me|us)\b",
    ),
    "send": (
        r" (?:your |news |story )*(?:tips|feedback|suggestions|ideas|questions|thoughts)[^\n]{0,30} to (?:us|me)\b",
        r" us (?:your|an e-?mail|a tip|a message)",
        rf" (?:your |news |story |confidential )*(?:tips|story ideas)[^\n]{{0,30}} to (?:{_PERSON} at )?{MAIL}",
    ),
    "share|tell us|give us|let us|leave us": (
        rf" this (?:article|story|post|page)?(?: on| via| with|{END})",
        r"(?: know)? (?:your |what you think)[^\n]{0,60}(?:in the comments|with us|below|using the form)",
        r"(?: know)? in the comments",
    ),
    "join the|join in": (r" (?:conversation|discussion|debate)\b",),
    "leave a|post a|add a|write a|add your|leave your": (r" comment\b",),
}
