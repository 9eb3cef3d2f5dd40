"""Words in and around the names of outlets, by which names that no table lists are known too."""

# After the name of an outlet these name a part of it: "CNN Business" is CNN.
SECTIONS = frozenset(
    """
    news sport sports business digital radio tv television network international online politics opinion travel style
    weather entertainment health magazine world arabic africa asia europe future culture law green government
    businessweek economics agency arabia australia us uk
    """.split()
)

# Before or after the name of an outlet, these tell what it is.
DESCRIPTIONS = (
    "news agency|press agency|newswire|wire service|newspaper|paper|news site|news website|news outlet|news channel|"
    "news network|magazine|tabloid|broadsheet|broadcaster|daily|television channel|tv channel|tv station|radio station|"
    "television station|network|publication|website|outlet|station|site"
)

# The last words of the names of papers, stations and services that no table lists, as of the "Harbour Courier".
PAPERS = frozenset(
    """
    advertiser argus bulletin chronicle courant courier dispatch enquirer examiner gazette globe guardian herald
    inquirer journal ledger lantern magazine mail news observer post register sentinel star statesman sun telegram
    telegraph times tribune radio television weekly zeitung shimbun
    """.split()
)

# So do these, but much else too ("House Press", "Bank Standard"): with an article before the name and nothing after it.
WEAK_PAPERS = frozenset("advocate banner bee citizen eagle enterprise press record republic review standard".split())

# The same beside a hyphen ("Democrat-Gazette", "Union-Leader") or as a pair of words.
HYPHENATED_PAPERS = PAPERS | frozenset(
    """
    american citizen constitution democrat eagle intelligencer item leader media nonpareil pilot pioneer press record
    recorder reporter republic republican review standard union world
    """.split()
)
PAIRED_PAPERS = frozenset(
    "free press|pioneer press|daily press|capital press|public media|public broadcasting|news service|news network|"
    "news agency|news now|news leader|business review|journal sentinel|state journal".split("|")
)

# They end like papers, and are none.
NO_PAPERS = frozenset(
    "royal mail|connecticut sun|federal register|golden globe|last post|lone star|rock star|pop star|evening news|"
    "nightly news|fake news|breaking news|good news|google news|apple news|white star|black star|medical journal|"
    "astrophysical journal|astronomical journal|heart journal|dental journal|international journal|american journal|"
    "european journal|geophysical journal|national press|university press|world press|house press|islamic republic|"
    "people's republic|soviet republic|czech republic|gold standard".split("|")
)

# Call signs of stations begin with K or W; so do these.
NO_STATIONS = frozenset(
    "WHO WADA WNBA WWE WWF WTA WBC WBA WBO WTO WFP WMO WWI WWII WEF WGA KGB KFC KKK KPMG KBO KIA WAR WWW WWDC WCAG WIC "
    "KSA WMD WAG WEST WAS WITH WHAT WHEN WILL WATCH WANT WORD WORK WEEK KEY KIDS KILL KING KEEP".split()
)

# Journals of research: what stands in them is a study.
JOURNALS = frozenset({"Nature", "Science"})

# Plurals, which at the head of a sentence are only a word.
PLURALS = frozenset({"People"})

# Last words that alone, behind "The", are no name.
GENERIC = frozenset("journal magazine mail newspaper news press radio television weekly standard record review".split())
