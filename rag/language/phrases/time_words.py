"""The words of time: which class each has in the grammar of `times`."""

from rag.language.phrases.tokens import Grammar

GRAMMAR = Grammar(
    "MONTH SHY_MONTH ABBREVIATION WEEKDAY DAY ORDINAL NUMBER YEAR DECADE ISO CLOCK MERIDIEM ZONE LOCAL TIME NOON "
    "UNIT WEEKEND SECOND CENTURY PART SEASON FALL HOLIDAY NEW EVE NAMED TODAY THIS THE AN EDGE END HALF AGO FEW OF "
    "IN DURING THROUGH ON AT WITHIN BY BOUND FROM BETWEEN TO AND OR BUT HEDGE COULD BE COMMA DOT HYPHEN DASH CLITIC "
    "CURRENCY MEASURE NAME OTHER"
)

LEXICON = GRAMMAR.lexicon(
    MONTH="january february april june july august september october november december",
    SHY_MONTH="may march",
    ABBREVIATION="jan feb mar apr jun jul aug sep sept oct nov dec",
    WEEKDAY="monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays mon tue tues wed thu thur thurs fri",
    MERIDIEM="am pm a.m. p.m. o'clock o’clock",
    ZONE="et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist jst aest",
    LOCAL="local eastern central pacific mountain",
    TIME="time",
    NOON="noon midnight midday dawn dusk sunrise sunset",
    UNIT="seconds minute minutes hour hours day days week weeks month months year years decade decades fortnight "
    "quarter quarters nights centuries",
    WEEKEND="weekend weekends",
    SECOND="second",
    CENTURY="century",
    PART="morning afternoon evening night",
    SEASON="spring summer autumn winter springtime summertime",
    FALL="fall season semester",
    HOLIDAY="christmas easter thanksgiving halloween ramadan eid passover hanukkah diwali juneteenth",
    NEW="new",
    EVE="eve",
    NAMED="labor labour memorial independence election inauguration valentine veterans presidents mother father "
    "earth boxing anzac bastille remembrance groundhog",
    TODAY="today tonight tomorrow yesterday overnight",
    THIS="this next last past coming previous following upcoming recent current same",
    THE="the these those",
    AN="a an",
    EDGE="early late mid later earlier",
    END="end beginning start middle close turn height",
    HALF="half",
    AGO="ago hence prior",
    FEW="few several couple many",
    ORDINAL="first third fourth fifth sixth final",
    NUMBER="one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred dozen",
    OF="of",
    IN="in",
    DURING="during throughout",
    THROUGH="through thru",
    ON="on",
    AT="at around about",
    WITHIN="within",
    BY="by",
    BOUND="since until till before after",
    FROM="from",
    BETWEEN="between",
    TO="to",
    AND="and &",
    OR="or",
    BUT="but though although",
    HEDGE="possibly maybe perhaps probably likely potentially even definitely just more",
    COULD="could may might",
    BE="be",
    MEASURE="metres meters kilometres kilometers miles feet km kg tonnes tons acres people percent points votes "
    "euros dollars pounds yen crowns workers jobs homes employees",
    COMMA=",",
    DOT=".",
    DASH="- – —",
    CLITIC="'s ’s",
    CURRENCY="$ € £ ¥ us$",
)
