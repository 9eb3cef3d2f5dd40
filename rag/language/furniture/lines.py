"""Lines that are no part of the text they stand in: buttons and players, links to other articles, credits."""

from rag.language.furniture.rule import END, Table

_TITLE = r" ?:(?:[^\n]{0,140}|[^\n]{140,260}(?<!\.))\Z"
"""Something as short as a headline."""

_HEADLINE = r"(?: ?:(?=\S)| ?: (?=[^\n]*[^.:]\Z))(?![\w.-]+\.\w{2,4}\b)[^\n]{12,220}\Z"
"""Something that ends like a headline, without a stop, or is glued to its label as links are, and is no address."""

_SHOUTED = r"(?:(?<=(?-i:[A-Z]{3}))|(?=:\S))"
"""Behind a word in capitals, or before what is glued to it; "Read: a novel" may be advice."""

_SHORT_REST = r"[^\n]{0,40}\Z"
_THINGS = r"(?:stories|articles|coverage|content|topics|posts|reading|videos|tags|news)"
_BUTTON = (
    r"(?:facebook|twitter|x|whatsapp|reddit|e-?mail|linkedin|copy link|link|print|share|save|pinterest|flipboard|"
    r"messenger|telegram|tumblr|comments?)"
)
_SHARED = rf"(?: (?:{_BUTTON}|article|story|page|post|this|on|or|and|via|with|friends|full))*"
_AGENCY_WORDS = r"(?: (?:and|staff|wire|news|associated press|reuters|reports?|services?|writers?|reporters?))"

LINES: Table = {
    "advertisement|ad|sponsored|advertising": (
        rf"(?: content)?{END}",
        r"(?: -+)? (?:article|story|content) continues[^\n]{0,40}\Z",
    ),
    "related|recommended|popular|trending|top|latest|more|other": (
        rf" {_THINGS}(?: (?:from|on) [^\n]{{1,40}})?{END}",
        rf" (?:for you|now|from [^\n]{{1,40}}|on this){END}",
    ),
    "related|recommended|trending|more": (END,),
    "read next|read more|learn more|find out|show more|load more|see more|view more|play more|you may|you might|"
    "most read|most popular|most viewed|what to": (rf"(?: more| also like| like| read next)?{END}",),
    "view|show|see|read|post|leave|hide|load": (rf" (?:all |\d+ )*comments?(?: \(\d+\)| policy| below)?{END}",),
    "comments|comment": (rf"(?: are| is)?(?: now)? (?:closed|turned off|disabled){_SHORT_REST}",),
    "share": (_SHARED + END,),
    "facebook|twitter|whatsapp|reddit|email|e-mail|linkedin|print|pinterest|flipboard|copy": (
        rf"(?:[ ,/|•·]+{_BUTTON})+{END}",
    ),
    "copy link|link copied|save article|save story|save for|print this|print article|gift this|gift article": (
        rf"(?: article| story| page| later)?{END}",
    ),
    "replay|replay more": (rf" (?:more )?videos{END}",),
    "prev|previous": (rf"(?: |/|, )next{END}",),
    "hide caption|show caption|toggle caption": (rf"(?: \d+ of \d+)?{END}",),
    "just watched": (END,),
    "reading time|estimated reading": (rf"(?: time)?:? \d+ min(?:ute)?s?{END}",),
    "listen|listen to": (rf"(?: to)? (?:this |the )?(?:article|story){_SHORT_REST}",),
    "skip to|jump to|back to": (rf" (?:main )?(?:content|navigation|top|comments){END}",),
    "read more|also read|read also|see also|related|related stories|related story|related article|related articles|"
    "related coverage|related content|dig deeper|go deeper|keep reading|read next|don't miss|you may|you might|"
    "for subscribers|subscriber exclusive|recommended|must read|must-read|suggested reading|icymi": (
        rf"(?: like| also like| reading)?{_TITLE}",
    ),
    "more on|more from|more about": (rf" [^\n:]{{2,40}}{_TITLE}",),
    "more|learn more|live updates|live blog|follow every|gallery|photo gallery|interactive": (
        rf"(?: game)?{_HEADLINE}",
    ),
    "read|watch|listen": (_SHOUTED + _HEADLINE,),
    "contributing|contributors|contributor": (r"(?: writers?| reporters?| by)? ?:[^\n]{0,600}\Z",),
    "the associated|associated": (rf" press{_AGENCY_WORDS}*{END}",),
    "by the": (rf" associated press{END}",),
    "staff|wire|reuters": (rf"{_AGENCY_WORDS}+{END}",),
}

_AGENCY = (
    r"(?:AP|AP Photo|AFP|Afp|Reuters|REUTERS|EPA|EPA-EFE|PA|PA Wire|TASS|Xinhua|Getty|Getty Images(?: \w+)?|"
    r"Shutterstock|Bloomberg|Bloomberg News|ZUMA(?: Press| Wire)?|Alamy(?: Stock Photo| Live News)?|NurPhoto|"
    r"Anadolu(?: Agency)?|SOPA Images|Imagn(?: Images)?|USA TODAY(?: Sports| Network)?|iStock(?:photo)?|Adobe Stock|"
    r"Sipa(?: USA)?|Redux|Icon Sportswire|picture alliance|LightRocket|Kyodo(?: News)?|AAP|Unsplash|Pexels|WireImage|"
    r"FilmMagic|Corbis)"
)
_ALONE = r"(?:AP|AFP|AFP Photo|AP Photo|Reuters|REUTERS|EPA|Getty Images|Shutterstock|iStock|Adobe Stock)"
_FOR = r"(?: ?[/|] ?| via )"
_NAME = r"[A-ZÀ-Þ][\w.'&-]*+"
_PHOTOGRAPHER = rf"{_NAME}(?:[ ,]{{1,2}}(?:{_NAME}|al|bin|da|de|del|der|el|van|von)){{0,5}}"

PHOTO_CREDIT = (
    rf"(?:{_PHOTOGRAPHER}(?: ?[/|][\w.'& -]{{2,40}}){{0,3}}{_FOR}{_AGENCY}|{_AGENCY}(?:{_FOR}{_AGENCY})+|{_ALONE})\W*"
)
"""Who took a picture, and for whom, in just these letters: the whole of a sentence."""

TIME_TO_READ = r"\d{1,3}[ -]min(?:ute)?s?\.? (?:read|listen|watch)\W*"
"""The whole of a line."""

HELD = (
    *("Getty", "/AP", "via AP", "\nAP\n", "AFP", "/Reuters", "| Reuters", "/REUTERS", "/EPA", "/Shutterstock"),
    *("/USA TODAY", "min read", "minute read"),
)
"""Where one of these two stands, so does most often one of these: what to look for before reading closer."""
