"""The world's news agencies and large outlets, with their short forms, by how their names have to be written.

Semicolons part the outlets. Of each, the name that it is best known by comes first, and "|" parts it from its others.
Names in capitals are found in capitals only: "SANA" is an agency, "Sana" a woman.
"""

# Nothing else is called so: the name beside any words of reporting is enough.
OUTLETS = """
    Associated Press | AP | A.P. | AP News | AP-NORC | Associated Press-NORC; Reuters | Thomson Reuters Foundation;
    Agence France-Presse | Agence France Presse | AFP; Bloomberg; United Press International | UPI;
    Deutsche Presse-Agentur | dpa | DPA | German Press Agency; PA Media | Press Association; Canadian Press;
    Australian Associated Press | AAP; Xinhua; TASS | Tass | ITAR-TASS; RIA Novosti | RIA; Interfax; Kyodo;
    Jiji Press | Jiji; Yonhap; EFE | Agencia EFE; Anadolu Agency | Anadolu; Press Trust of India;
    Asian News International; Saudi Press Agency; Korean Central News Agency | KCNA; Ritzau; Prensa Latina; Ukrinform;
    Kaiser Health News | KFF Health News; Religion News Service; BBC | British Broadcasting Corporation | Newsnight;
    CNN | CNN.com | Cable News Network; ABC News | ABC | Good Morning America;
    CBS News | CBS | 60 Minutes | Face the Nation; NBC News | NBC | Meet the Press; MSNBC; CNBC;
    Fox News | FoxNews | Fox News Channel; Fox Business; Fox Sports; NPR | National Public Radio; PBS | PBS NewsHour;
    C-SPAN; ESPN | ESPN.com; NFL Network; MLB Network; Newsmax; NewsNation; One America News | OANN | OAN; Univision;
    Telemundo; Sky News; Sky Sports; ITV News | ITV; Channel 4 News; LBC; TalkTV; GB News; Times Radio;
    Al Jazeera | Al-Jazeera; Al Arabiya; Deutsche Welle; France 24 | France24; Radio France Internationale | RFI;
    Euronews; NHK; CCTV; CGTN; Voice of America | VOA; Radio Free Europe/Radio Liberty | Radio Free Europe | RFE;
    Radio Free Asia; Russia Today | RT; TV Globo | Globo TV; NDTV; CBC News | CBC; CTV News | CTV; RTÉ | RTE;
    New York Times | NYT | NY Times | N.Y. Times; Wall Street Journal | WSJ;
    Washington Post | WaPo | Washington Post-ABC News; Financial Times | FT;
    Los Angeles Times | LA Times | L.A. Times; USA Today | USAToday; New York Post | NY Post; Arizona Republic;
    Atlanta Journal-Constitution | AJC; Indianapolis Star | IndyStar; Wichita Eagle; Tulsa World; Plain Dealer;
    News & Observer | Raleigh News & Observer; Post and Courier; Asbury Park Press; San Francisco Chronicle | SFGate;
    Christian Science Monitor; Investor's Business Daily; NJ.com; AL.com; Cleveland.com; Delaware Online; PennLive;
    MLive; Politico; Axios; Semafor; ProPublica; BuzzFeed News | BuzzFeed; HuffPost | Huffington Post; Daily Beast;
    Daily Caller; Business Insider; MarketWatch; Barron's; Yahoo News; Yahoo Finance; Yahoo Sports; Newsweek;
    U.S. News & World Report | US News & World Report | US News and World Report | U.S. News; Vanity Fair;
    Mother Jones; Punchbowl News; Roll Call; FiveThirtyEight; PolitiFact; Bellingcat; TechCrunch; Engadget;
    Ars Technica; Gizmodo; CNET; ZDNet; Mashable; 9to5Mac; Hollywood Reporter | THR; Rolling Stone;
    Entertainment Weekly; Entertainment Tonight; Us Weekly; Page Six; TMZ; Pitchfork; GQ; Sports Illustrated;
    Bleacher Report; L'Équipe | L'Equipe; Daily Mail | MailOnline | Mail Online | DailyMail.com; Mail on Sunday;
    Daily Mirror; Daily Express; Daily Star; New Statesman; Private Eye; Scotsman; Saturday Evening Post;
    Sunday Times; Sunday Telegraph; Sunday Mirror; Sunday Express; Irish Independent;
    Evening Standard | London Evening Standard; Globe and Mail; South China Morning Post | SCMP;
    Sydney Morning Herald | SMH; People's Daily; China Daily; Caixin; Nikkei | Nikkei Asian Review; Asahi Shimbun;
    Yomiuri Shimbun; Mainichi Shimbun; Chosun Ilbo; Times of India; Indian Express; Haaretz; Times of Israel;
    Der Spiegel | Spiegel; Die Zeit; Die Welt; Bild; Süddeutsche Zeitung | Sueddeutsche Zeitung;
    Frankfurter Allgemeine Zeitung | FAZ; Handelsblatt; Le Monde; Le Figaro; Le Parisien; Libération;
    Corriere della Sera; La Repubblica; La Stampa; Gazzetta dello Sport; El País | El Pais; El Mundo; La Vanguardia;
    De Telegraaf; De Volkskrant; Politiken; Dagens Nyheter; Aftonbladet; Expressen; Helsingin Sanomat;
    Gazeta Wyborcza; Kommersant; Vedomosti; Novaya Gazeta; Meduza; Komsomolskaya Pravda; Ukrainska Pravda;
    Kyiv Independent; Hürriyet; Folha de S.Paulo | Folha; Clarín; La Nación; El Universal; Daily Nation
"""

# Ordinary words too, so an article stands before the capital, where it is listed in a capital one in a capital.
ARTICLED = """
    the Guardian; the Observer; the Telegraph | the Daily Telegraph;
    the Times | the Times of London | the London Times; the Independent; the Mirror; the Intercept; the Athletic;
    the Verge; the Economist; the New Yorker; the Tennessean; the Oregonian | OregonLive; The Atlantic; The Spectator;
    The Australian; The Hindu; The Age; The Advocate; The Conversation; The Cut; The Express; The Herald; The Hill;
    The Information; The Metro; The Nation; The National; The New Republic; The Record; The Ringer; The Root;
    The Standard; The Star; The State; The Sun; The Week; The Wire
"""

# Words, persons, places or letters otherwise: they need the plainest words of reporting, or "magazine" and the like.
SHY = """
    Time; Fortune; Forbes; Nature; Science; Variety; People; Billboard; Wired; Insider; Deadline; Vogue; Elle;
    Vice News | Vice; Vox; Quartz; Slate; Salon; Puck; Eater; Polygon; Kotaku; Cosmopolitan; Glamour; Essence;
    Complex; Esquire; Playboy; Outside; Parade; Globo; Marca; Space.com; Live Science; National Geographic;
    Scientific American; New Scientist; ANSA | Ansa; ANI; PTI; IRNA; ISNA; SANA; WAFA; WAM; SPA; APA; ANP; NTB; PAP;
    MTI; TT; PA Media | PA; Lusa; Belga; Antara; Bernama; Tasnim; Fars; Mehr
"""
