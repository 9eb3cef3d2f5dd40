"""A compact gazetteer: countries, their states and provinces, seas, regions, big cities; and the nouns of places."""

from rag.language.phrases.lists import name_set, word_set

COUNTRIES = name_set(
    """
    Afghanistan, Albania, Algeria, Andorra, Angola, Antigua, Argentina, Armenia, Australia, Austria, Azerbaijan,
    Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin, Bhutan, Bolivia, Bosnia, Bosnia and
    Herzegovina, Botswana, Brazil, Brunei, Bulgaria, Burkina Faso, Burma, Burundi, Cambodia, Cameroon, Canada, Cape
    Verde, Central African Republic, Chad, Chile, China, Colombia, Comoros, Congo, Costa Rica, Croatia, Cuba,
    Cyprus, Czech Republic, Czechia, Denmark, Djibouti, Dominica, Dominican Republic, East Timor, Ecuador, Egypt, El
    Salvador, Equatorial Guinea, Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland, France, Gabon, Gambia,
    Georgia, Germany, Ghana, Greece, Grenada, Guatemala, Guinea, Guinea-Bissau, Guyana, Haiti, Honduras, Hungary,
    Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan,
    Kenya, Kiribati, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya, Liechtenstein,
    Lithuania, Luxembourg, Madagascar, Malawi, Malaysia, Maldives, Mali, Malta, Mauritania, Mauritius, Mexico,
    Micronesia, Moldova, Monaco, Mongolia, Montenegro, Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal,
    Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea, North Macedonia, Norway, Oman, Pakistan,
    Palau, Palestine, Panama, Papua New Guinea, Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania,
    Russia, Rwanda, Samoa, San Marino, Saudi Arabia, Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Slovakia,
    Slovenia, Solomon Islands, Somalia, South Africa, South Korea, South Sudan, Spain, Sri Lanka, Sudan, Suriname,
    Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Togo, Tonga, Trinidad and Tobago, Tunisia,
    Turkey, Turkiye, Türkiye, Turkmenistan, Tuvalu, Uganda, Ukraine, United Arab Emirates, United Kingdom, United
    States, United States of America, Uruguay, Uzbekistan, Vanuatu, Vatican City, Vatican, Venezuela, Vietnam,
    Yemen, Zambia, Zimbabwe, Britain, Great Britain, England, Scotland, Wales, Northern Ireland, Holland, America,
    Soviet Union, UK, U.K., US, U.S., USA, U.S.A., UAE, U.A.E.
    """
)

REGIONS = name_set(
    """
    Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho,
    Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota,
    Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North
    Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota,
    Tennessee, Texas, Utah, Vermont, Virginia, Washington, West Virginia, Wisconsin, Wyoming, District of Columbia,
    D.C., DC, Puerto Rico, Guam, Alberta, British Columbia, Manitoba, New Brunswick, Newfoundland, Newfoundland and
    Labrador, Nova Scotia, Ontario, Prince Edward Island, Quebec, Saskatchewan, Northwest Territories, Nunavut,
    Yukon, Africa, Antarctica, Asia, Europe, North America, South America, Latin America, Central America, Oceania,
    Arctic, Pacific, Pacific Ocean, Atlantic, Atlantic Ocean, Indian Ocean, Arctic Ocean, Southern Ocean,
    Mediterranean, Mediterranean Sea, Black Sea, Red Sea, Baltic Sea, North Sea, Caribbean, Caribbean Sea, South
    China Sea, Persian Gulf, English Channel, Caspian Sea, Middle East, Gaza, Gaza Strip, West Bank, Crimea, Donbas,
    Catalonia, Bavaria, Siberia, Kashmir, Tibet, Xinjiang, Balkans, Scandinavia, Sahel, Sahara, Alps, Himalayas,
    Andes, Amazon rainforest, Southeast Asia, East Asia, Central Asia, South Asia, West Africa, East Africa, North
    Africa, Midwest, New England, Gulf Coast, East Coast, West Coast, Silicon Valley, Bay Area, Hollywood, Wall
    Street, New South Wales, Queensland, Tasmania, Western Australia, South Australia, Greenland, Sicily, Sardinia,
    Crete, Corsica, Bali, Java, Sumatra, Okinawa, Hokkaido, Normandy, Tuscany, Andalusia, Flanders, Kurdistan,
    Darfur, Tigray, Punjab, Kerala, Gujarat, Bermuda, Aruba, Gibraltar, Jersey
    """
)

CITIES = name_set(
    """
    Abidjan, Abu Dhabi, Abuja, Accra, Addis Ababa, Adelaide, Albuquerque, Aleppo, Alexandria, Algiers, Amman,
    Amsterdam, Anaheim, Anchorage, Ankara, Antwerp, Athens, Atlanta, Auckland, Austin, Baghdad, Bakhmut, Baku,
    Baltimore, Bangalore, Bangkok, Barcelona, Baton Rouge, Beijing, Beirut, Belfast, Belgrade, Bengaluru, Berlin,
    Bern, Birmingham, Bogota, Bogotá, Boise, Bologna, Bordeaux, Boston, Brasilia, Bratislava, Brisbane, Bristol,
    Brooklyn, Brussels, Bucharest, Budapest, Buenos Aires, Buffalo, Cairo, Calgary, Canberra, Cape Town, Caracas,
    Cardiff, Casablanca, Charlotte, Chengdu, Chennai, Chernobyl, Chicago, Cincinnati, Cleveland, Cologne, Colombo,
    Columbus, Copenhagen, Cork, Dakar, Dallas, Damascus, Dar es Salaam, Delhi, Denver, Des Moines, Detroit, Dhaka,
    Doha, Donetsk, Dresden, Dubai, Dublin, Durban, Düsseldorf, Edinburgh, Edmonton, El Paso, Fort Worth, Frankfurt,
    Fresno, Geneva, Genoa, Glasgow, Gothenburg, Guadalajara, Guangzhou, The Hague, Hague, Hamburg, Hanoi, Harare,
    Harlem, Hartford, Havana, Helsinki, Hiroshima, Ho Chi Minh City, Hong Kong, Honolulu, Houston, Hyderabad,
    Indianapolis, Islamabad, Istanbul, Jacksonville, Jakarta, Jeddah, Jerusalem, Johannesburg, Kabul, Kampala,
    Kandahar, Kansas City, Karachi, Kathmandu, Kharkiv, Kherson, Khartoum, Kiev, Kigali, Kingston, Kinshasa,
    Knoxville, Kolkata, Krakow, Kuala Lumpur, Kyiv, Kyoto, Lagos, Lahore, Las Vegas, Leeds, Lima, Lisbon, Liverpool,
    London, Los Angeles, Louisville, Luanda, Lusaka, Lviv, Lyon, Madrid, Malibu, Managua, Manchester, Manhattan,
    Manila, Maputo, Mariupol, Marrakech, Marseille, Mecca, Medellin, Melbourne, Memphis, Mexico City, Miami, Milan,
    Milwaukee, Minneapolis, Minsk, Mogadishu, Monterrey, Montevideo, Montgomery, Montreal, Moscow, Mosul, Mumbai,
    Munich, Nagasaki, Nairobi, Naples, Nashville, New Delhi, New Orleans, New York City, Newark, Newcastle, Nice,
    Oakland, Odesa, Odessa, Oklahoma City, Omaha, Orlando, Osaka, Oslo, Ottawa, Oxford, Cambridge, Palermo, Paris,
    Perth, Philadelphia, Phnom Penh, Phoenix, Pittsburgh, Portland, Prague, Pretoria, Providence, Pyongyang, Quito,
    Rabat, Raleigh, Ramallah, Rangoon, Reykjavik, Richmond, Riga, Rio de Janeiro, Riyadh, Rome, Rotterdam,
    Sacramento, Saint Petersburg, St. Petersburg, St. Louis, Salt Lake City, San Antonio, San Diego, San Francisco,
    San Jose, San Juan, Santiago, Santo Domingo, Sao Paulo, São Paulo, Sarajevo, Seattle, Sendai, Seoul, Sevastopol,
    Seville, Shanghai, Sheffield, Shenzhen, Sofia, Southampton, Stockholm, Strasbourg, Stuttgart, Sydney, Taipei,
    Tallahassee, Tallinn, Tampa, Tashkent, Tbilisi, Tegucigalpa, Tehran, Tel Aviv, Tijuana, Tirana, Tokyo, Toronto,
    Tripoli, Tucson, Tulsa, Tunis, Turin, Ulaanbaatar, Uvalde, Valencia, Vancouver, Venice, Vienna, Vilnius, Warsaw,
    Washington D.C., Wellington, Winnipeg, Wuhan, Yangon, Yerevan, Yokohama, Zagreb, Zaporizhzhia, Zurich
    """
)

GAZETTEER = COUNTRIES | REGIONS | CITIES

# What a place is called by its last word ("Hudson River"), or by its first ("Lake Tahoe").
PLACE_NOUNS = word_set(
    """
    River Island Islands Bay County Street Avenue Road Boulevard Square Airport Stadium Arena Museum University
    Harbour Harbor Bridge Sound Park Lake Beach Valley Mountain Mountains Hill Hills Ocean Sea Desert Peninsula
    Province Prefecture District Forest Canyon Creek Falls Springs Palace Castle Cathedral Hospital Plaza Tower
    Centre Center Territory Coast Strait Gulf Canal Glacier Volcano Reef Base Cemetery Zoo Gardens Garden Hotel Hall
    Speedway Heights City Town Township Village Reservoir Dam Port Station School College Library Prison Church
    Mosque Temple Theatre Theater Resort Basin Region
    """
)
PLACE_HEADS = word_set(
    """
    Mount Mt Lake Cape Fort Port San Santa Santo Sao São Saint St Los Las Des El Camp Isle Gulf Bay Strait Sea Port
    Puerto Isla Lac Monte Rio Côte Costa
    """
)
