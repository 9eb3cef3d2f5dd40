"""The words of amounts: which class each has in the grammar of `amounts`."""

from rag.language.phrases.lists import word_set
from rag.language.phrases.tokens import Grammar

GRAMMAR = Grammar(
    "NUM YEAR ONE WORD SCALE SCALES SHORT_SCALE DOZEN FRACTION HALF FEW CURRENCY COIN PERCENT PER CENT POINT BASIS "
    "MORE THAN AT LEAST UP AS MANY ESTIMATED OF IN AROUND BETWEEN AN AND OR TO HYPHEN DASH COMMA SLASH FOR NUMBERED "
    "YEARS PERIOD OLD AGE DISTANCE WEIGHT DEGREE CELSIUS SPEED HOUR MAGNITUDE VOLUME SQUARE AREA DATA ENERGY RATE "
    "PLURAL PLAIN NAMES NAME STOP OTHER"
)

LEXICON = GRAMMAR.lexicon(
    ONE="one",
    WORD="zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety",
    SCALE="hundred thousand million billion trillion lakh crore",
    SCALES="hundreds thousands millions billions trillions tens dozens scores",
    SHORT_SCALE="m mn mln bn tn k b t",
    DOZEN="dozen",
    FRACTION="thirds quarters fifth fifths third quarter tenth tenths sixth eighths",
    HALF="half",
    FEW="few several couple many",
    CURRENCY="$ us$ ca$ au$ nz$ hk$ c$ a$ s$ r$ € £ ¥ ₹ ₩ ₽ ₺ ₦ rs usd eur gbp",
    COIN="dollar dollars cents euro euros pound pounds pence crown crowns yen yuan rupee rupees ruble rubles "
    "rouble roubles peso pesos franc francs krona kronor kroner lira won rand riyals dirhams shekels bitcoin "
    "bitcoins",
    PERCENT="% percent pct",
    PER="per",
    CENT="cent",
    POINT="point points",
    BASIS="basis percentage",
    MORE="more less fewer greater better higher lower larger",
    THAN="than",
    AT="at",
    LEAST="least most",
    UP="up",
    AS="as",
    MANY="much little high low long",
    ESTIMATED="estimated average additional further whopping record",
    OF="of",
    IN="in",
    AROUND="about around approximately roughly nearly almost over under above below just only some exactly another",
    BETWEEN="between",
    AN="a an",
    AND="and",
    OR="or",
    TO="to",
    DASH="- – —",
    COMMA=",",
    SLASH="/",
    FOR="for lasted lasting took takes last",
    NUMBERED="no no. nos number number. # article title section chapter page route highway interstate flightverse top",
    YEARS="year years yr yrs",
    HOUR="hour h",
    PERIOD="second seconds sec minute minutes min mins hours hrs day days night nights week weeks weekend weekends "
    "month months decade decades century centuries fortnight semester",
    OLD="old olds",
    AGE="age aged ages",
    DISTANCE="kilometre kilometres kilometer kilometers km metre metres meter meters centimetre centimetres "
    "centimeter centimeters cm millimetre millimetres millimeter millimeters mm mile miles mi foot feet "
    "ft inch inches yard yards",
    WEIGHT="kilogram kilograms kilogramme kilogrammes kilo kilos kg gram grams g milligrams mg tonne tonnes ton tons "
    "lb lbs ounce ounces oz",
    DEGREE="degree degrees ° º",
    CELSIUS="c f celsius fahrenheit centigrade",
    SPEED="mph kph kmh km/h knots kn",
    MAGNITUDE="magnitude",
    VOLUME="litre litres liter liters gallon gallons barrel barrels ml pint pints",
    SQUARE="square cubic sq",
    AREA="acre acres hectare hectares",
    DATA="gigabyte gigabytes gb megabytes mb terabytes tb",
    ENERGY="megawatt megawatts mw gigawatt gigawatts gw kilowatt kilowatts kw watts kwh calories",
    RATE="share head person piece bushel unit night ticket vote",
)

IRREGULAR_PLURALS = word_set("people men women children police troops cattle teeth mice sheep fish species")
NO_NOUN = word_set(
    """
    of in on at to from by for with and or but nor as is was are were be been being has have had will would can
    could may might must shall should do does did not if when while where who whom whose which what that this these
    those than then there here so also its his her their our your my it he she they we you i us them him me all both
    each every no said says told after before since until during between into onto upon against across through per
    via without within along among beyond despite versus vs because although though however whether yet still
    already too very even just only again once ago later earlier now today yes plus minus less unless always perhaps
    towards besides thanks afterwards sometimes makes takes gets gives goes comes wins seems became came went got
    made took gave died killed injured wounded dead percent aboard apiece away ahead behind out up down off back
    together
    """
) - {"times"}
