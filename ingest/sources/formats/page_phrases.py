"""The phrases, in the languages of much news, by which pages name what is no part of an article; and its corrections.

All but the last are in lower case, without digits and marks.
"""

import re

LABELS = frozenset(
    phrase.strip()
    for phrase in """
    advertisement; advertising; sponsored; sponsored content; promoted; skip advertisement; ad loading
    story continues below advertisement; article continues below advertisement; continues after advertisement
    advertisement continue reading below; scroll to continue; share this post; share this article; share on
    copy link; listen to this article; read aloud; back to top; skip to content; skip to main content
    anzeige; werbung; artikel teilen; publicité; partager; publicidad; compartir; pubblicità; condividi; advertentie
    reklama; реклама; поделиться; إعلان; 広告
    """.replace("\n", ";").split(";")
    if phrase.strip()
)
"""A whole element that says this is a label on the page."""

BOX_HEADINGS = frozenset(
    phrase.strip()
    for phrase in """
    related; related stories; related articles; related content; related news; related posts; related links
    related article; related topics; related explainers; more on this story; more on this; more on this topic; more news
    more stories; more from; more like this; more releases from this company; most read; most popular; most viewed
    popular now; trending; trending now; top stories; latest news; latest; recommended; recommended for you; read next
    up next; you may also like; you might also like; also read; also in the news; don t miss; around the web
    keep reading; explore more; from our partners; sponsored stories; promoted stories; editor s picks; editors picks
    recent posts; in this article; in this story; in this explainer; on this page; table of contents; share this
    follow us; comments; leave a comment; leave a reply; join the conversation; have your say; what do you think; tags
    topics; newsletter; sign up to our newsletter; sign up for our newsletter; get our newsletter; stay informed
    subscribe to continue reading; continue reading with a subscription; already a subscriber; subscribe to read on
    support independent journalism; support our journalism; we value your privacy; before you continue
    mehr zum thema; das könnte sie auch interessieren; meistgelesen; lesen sie auch; kommentare; weitere artikel
    wir schätzen ihre privatsphäre; newsletter abonnieren; die meistgelesenen artikel; themen
    à lire aussi; lire aussi; sur le même sujet; les plus lus; commentaires; articles liés; vous aimerez aussi
    más información; noticias relacionadas; lo más visto; lo más leído; te puede interesar; comentarios; temas
    leggi anche; i più letti; articoli correlati; commenti; lees ook; meest gelezen; reacties; leia também; mais lidas
    läs också; les også; læs også; lue myös; czytaj także; читайте также; по теме; комментарии; популярное
    関連ニュース; 関連記事; アクセスランキング; 相关新闻; 相关阅读; مواضيع ذات صلة; اقرأ أيضا; الأكثر قراءة
    """.replace("\n", ";").split(";")
    if phrase.strip()
)
"""A heading that says this stands over a box that is no part of the article."""

LEADS_ELSEWHERE = re.compile(
    "read (?:more|also|next)|also read|see also|don['’]t miss|from the archive|mehr zum|lesen sie (?:auch|hier)|"
    "à? ?lire aussi|le[ae] también|leggi anche|lees ook|leia também|läs också|les også|læs også|lue myös|"
    "czytaj (?:także|też)|читайте также|関連記事|اقرأ أيضا|"
    r"(?:more|related|related (?:article|story)|watch|listen|opinion)\s*[:|»>-]",
    re.IGNORECASE,
)
"""How a text begins that leads elsewhere, if the rest of it is a link."""

_NOTE = (
    r"corrections?|clarifications?|corrected|editor['’]?s['’]? note|editors['’] note|erratum|errata|retraction|"
    r"korrektur|berichtigung|anmerkung der redaktion|anm\. d\. red\.|richtigstellung|rectificatif|erratum|"
    r"note de la rédaction|fe de erratas?|fe de errores|corrección|rectificación|nota de la redacción|rettifica|"
    r"errata corrige|nota della redazione|rectificatie|correctie|correção|nota da redação|rättelse|rettelse|oikaisu|"
    r"sprostowanie|поправка|исправление|от редакции|訂正|更正|تصحيح"
)
NOTE = re.compile(
    rf"(?:{_NOTE})(?:\s*\([^)]{{1,40}}\)|,?\s[^.:：]{{0,25}}\d[^.:：]{{0,15}})?\s*(?:[:：–—]|-\s)|"
    r"(?:an|a) (?:earlier|previous) version of this|"
    r"(?:this|the) (?:article|story|piece|report|post|interview|page|headline)[^.]{0,40} "
    r"(?:was|were|has been|have been) (?:\w+ )?(?:amended|corrected|updated to correct|edited to|changed to|clarified)",
    re.IGNORECASE,
)
"""How a note begins that says what was wrong in the article."""

NOTE_LABEL = re.compile(rf"(?:{_NOTE})\W*", re.IGNORECASE)
"""The heading of such a note, alone."""
