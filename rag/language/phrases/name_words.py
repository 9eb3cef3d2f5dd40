"""Words that tell what a run of capitals names: roles, the nouns of organisations, nationalities, verbs of saying."""

from rag.language.phrases.lists import word_set

# Before a name, a role or honorific is evidence for a person, and no part of the name.
ROLES = word_set(
    """
    mr mrs ms miss dr prof sir dame lord lady president presidents vice prime minister chancellor premier mayor
    governor gov senator senators sen sens representative representatives rep reps congressman congresswoman
    congressmen secretary ambassador envoy king queen prince princess duke duchess emperor sultan sheikh ayatollah
    pope cardinal archbishop bishop rev reverend rabbi imam father sister judge justice justices attorney general
    lieutenant lt colonel col captain capt sergeant sgt major officer detective sheriff commissioner chief executive
    operating financial ceo cfo cto chairman chairwoman chairperson chair director manager coach professor spokesman
    spokeswoman spokesperson speaker leader minority majority whip deputy foreign defence interior finance treasury
    press editor founder co-founder analyst economist actor actress singer rapper comedian author director producer
    songwriter musician filmmaker artist model star superstar legend champion quarterback striker midfielder forward
    defender goalkeeper pitcher guard center receiver driver golfer boxer sprinter swimmer gymnast skater teammate
    player captain rival winner host anchor journalist reporter correspondent columnist billionaire businessman
    businesswoman entrepreneur investor tycoon activist lawyer prosecutor lawmaker councillor councilman
    councilwoman candidate nominee incumbent democrat democrats republican republicans politician dictator strongman
    tsar astronaut scientist researcher biologist physicist historian novelist poet writer painter architect
    designer chef nurse doctor surgeon teacher principal student suspect gunman defendant victim dissident
    whistleblower wife husband son daughter brother mother grandmother boyfriend girlfriend fiancé partner friend
    colleague contestant youtuber influencer streamer mp mps mep msp baroness count countess first
    """
)

# Words of ROLES that stand in names too ("General Motors", "Justice Department"): a role only before a given name.
SHY_ROLES = word_set(
    """
    general major justice operating financial treasury interior finance foreign defence press majority minority vice
    prime first deputy center guard forward model star count father sister mother brother son king prince queen lady
    lord judge chef republican democrat republicans democrats democratic chief house state
    """
)

# As the last word of a run, or before "of" and "for": an organisation.
ORGANISATION_NOUNS = word_set(
    """
    Inc Corp Corporation Co Company Ltd LLC PLC Plc AG SA GmbH Holdings Group Bank Banks University College School
    Schools Institute Institutes Academy Office Ministry Department Council Agency Administration Authority Bureau
    Commission Committee Board Court Courts Congress Senate House Parliament Assembly Government FC United City Club
    Union Unions Association Federation Confederation League Society Foundation Trust Fund Studios Studio Pictures
    Entertainment Records Media Network News Times Post Journal Guardian Herald Tribune Gazette Press Magazine
    Television Radio Airlines Airways Air Motors Industries Systems Technologies Technology Labs Laboratory
    Laboratories Partners Capital Securities Insurance Health Healthcare Pharma Pharmaceuticals Energy Petroleum Oil
    Gas Party Democrats Republicans Conservatives Labour Coalition Alliance Movement Brotherhood Army Navy Force
    Forces Guard Marines Police Service Services Center Centers Centre Observatory Hospital Church Museum
    Organization Organisation Nations Exchange Reserve Treasury Registry Team Orchestra Band Brothers Sons Stores
    Foods Brands Software Games Networks Communications Telecom Wireless Railway Railways Rail Logistics Works
    Project Program Programme Initiative Campaign Cabinet Kremlin Pentagon Vatican Panel Tribunal Taskforce Squad
    Corps Command Directorate Secretariat Guild Business Awards Bowl Cup Championship Championships Olympics Act
    Festival Series Prize Tour Open Marathon Caucus Institution Administration Conference Summit Treaty Agreement
    """
)

# The nouns whose names go on after "of" or "for", and may hold an "and": "Department of Health and Human Services".
DEPARTMENTS = word_set(
    "Department Ministry Office Bureau Center Centre Centers Institute Institutes Committee Agency Secretary"
)

# The other nouns whose names go on after "of" or "for".
HEADS_OF = DEPARTMENTS | word_set(
    """
    University Bank Court House Council Board College School Academy Museum Church Association
    Federation Confederation League Society Foundation Commission Organization Organisation Union Congress Chamber
    Gulf Bay Isle Republic Strait Cape Sea Coalition Alliance Party Campaign Institution Administration Authority
    """
)

KNOWN_ORGANISATIONS = word_set(
    """
    Adidas Airbnb Airbus Alibaba Alphabet Amazon Apple Aramco Barclays Boeing Chevron Costco Disney Exxon Facebook
    Fifa FIFA Ford Gazprom Goldman Google Greenpeace Hamas Hezbollah Honda Huawei Ikea Instagram Intel Interpol
    Kremlin Lego Lyft Mastercard Meta Microsoft Moderna Nasa Nato Netflix Nike Nintendo Nokia Nvidia Opec Oxfam
    Paramount Pentagon Pepsi Pfizer Reddit Reuters Samsung Shell Snapchat Sony Spotify Starbucks Taliban Target
    Tesla TikTok Toyota Twitter Uber Unesco Unicef Unilever Verizon Visa Volkswagen Walmart WhatsApp Wikipedia
    YouTube Zoom Parliament Congress Senate Labour Conservatives Bloomberg Guardian
    """
)

# Alone, or before a role, these are adjectives and no names.
NATIONALITIES = word_set(
    """
    american british english scottish welsh irish french german italian spanish portuguese dutch belgian swiss
    austrian swedish norwegian danish finnish icelandic polish czech slovak hungarian romanian bulgarian greek
    turkish russian ukrainian belarusian serbian croatian bosnian albanian georgian armenian azerbaijani kazakh
    chinese japanese korean taiwanese vietnamese thai filipino indonesian malaysian singaporean indian pakistani
    bangladeshi nepali afghan iranian iraqi syrian lebanese israeli palestinian jordanian saudi emirati qatari
    kuwaiti yemeni egyptian libyan tunisian algerian moroccan sudanese ethiopian somali kenyan ugandan tanzanian
    rwandan nigerian ghanaian senegalese congolese zimbabwean mexican canadian cuban haitian colombian venezuelan
    peruvian chilean argentine argentinian brazilian bolivian ecuadorian australian zealander european african asian
    arab kurdish latin western eastern northern southern soviet nazi muslim islamic christian catholic jewish jew
    hindu sikh buddhist protestant orthodox democratic hispanic latino latina black white asian-american
    african-american californian texan floridian americans russians ukrainians germans italians israelis
    palestinians europeans africans asians canadians mexicans brits muslims christians jews catholics arabs indians
    iranians egyptians afghans cubans australians
    """
)

SAYING = word_set(
    """
    said says say told tells added adds announced announces claimed claims argued argues explained explains wrote
    writes tweeted testified warned warns insisted insists acknowledged admitted joked recalled replied responded
    suggested believes believed thinks thought who whose died dies married resigned retired sang
    """
)

# Capitalised at the head of a sentence only because they stand there; never the first word of a name there.
STARTERS = word_set(
    """
    a an the this that these those he she it they we you i his her its their our your my who whom whose what which
    when where why how if in on at by for from to with without within of off over under into onto out up down about
    above across after against along among around as because before behind below beneath beside besides between but
    during except inside like near since so than though although through throughout till toward towards until unless
    upon via while whether and or nor yet both each every either neither no none not some many most more much
    several few all any another other others such only just even also then thus there here now once again still
    already soon later earlier ever never often sometimes meanwhile however moreover furthermore nevertheless
    instead indeed perhaps maybe according despite following given including based former is are was were be been
    being do does did has have had would can could should may might must nearly almost roughly approximately i'm
    it’s today tonight tomorrow yesterday recently currently previously originally finally eventually overall today
    """
)

# The same, unless another capitalised word follows ("New York", "First Republic").
OPENERS = word_set(
    """
    new old young one two three four five six seven eight nine ten last next first second third will officials
    police people authorities experts critics researchers scientists investigators residents witnesses prosecutors
    lawyers protesters lawmakers voters workers families parents women men children students teachers doctors
    patients analysts economists investors companies firms banks shares sales prices markets speaking asked write
    read see watch listen click get go let make take find keep look call yes well oh please thank thanks because
    part things something everyone someone nobody nothing anything everything breaking updated update photo image
    video file story related opinion exclusive analysis live good bad big great long high low early late mid top
    best local national global international federal public private political social economic covid internet tv
    beyond
    """
)

NO_NAMES = word_set(
    """
    am pm et est edt pt gmt utc bst cet ceo ceos cfo tv ai ok dna rna gdp gpa ii iii iv covid covid-19 i internet bc
    ad mr mrs ms dr jr sr phd faq vip diy suv pc id url lgbtq lgbtq+ ptsd hiv aids uv photo image video watch read
    """
)

PARTICLES = word_set(
    """
    de da di du del della der den des van von der ter ten bin ibn bint al el la le las los dos das y zu af av abu ul
    ur
    """
)
