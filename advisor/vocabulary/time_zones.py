"""The time zones that a schedule may name: those of the IANA database, and common words for some of them.

Source: `zone.tab` of the Time Zone Database, release 2026b (https://www.iana.org/time-zones, read 2026-11-29).
EventBridge Scheduler takes these names: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html.
"""

import re
import unicodedata
from functools import cache

_CITIES = {
    "Africa": (
        "Abidjan Accra Addis_Ababa Algiers Asmara Bamako Bangui Banjul Bissau Blantyre Brazzaville Bujumbura Cairo "
        "Casablanca Ceuta Conakry Dakar Dar_es_Salaam Djibouti Douala El_Aaiun Freetown Gaborone Harare Johannesburg "
        "Juba Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lubumbashi Lusaka Malabo Maputo Maseru "
        "Mbabane Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo Sao_Tome Tripoli Tunis "
        "Windhoek"
    ),
    "America": (
        "Adak Anchorage Anguilla Antigua Araguaina Argentina/Buenos_Aires Argentina/Catamarca Argentina/Cordoba "
        "Argentina/Jujuy Argentina/La_Rioja Argentina/Mendoza Argentina/Rio_Gallegos Argentina/Salta "
        "Argentina/San_Juan Argentina/San_Luis Argentina/Tucuman Argentina/Ushuaia Aruba Asuncion Atikokan Bahia "
        "Bahia_Banderas Barbados Belem Belize Blanc-Sablon Boa_Vista Bogota Boise Cambridge_Bay Campo_Grande Cancun "
        "Caracas Cayenne Cayman Chicago Chihuahua Ciudad_Juarez Costa_Rica Coyhaique Creston Cuiaba Curacao "
        "Danmarkshavn Dawson Dawson_Creek Denver Detroit Dominica Edmonton Eirunepe El_Salvador Fort_Nelson Fortaleza "
        "Glace_Bay Goose_Bay Grand_Turk Grenada Guadeloupe Guatemala Guayaquil Guyana Halifax Havana Hermosillo "
        "Indiana/Indianapolis Indiana/Knox Indiana/Marengo Indiana/Petersburg Indiana/Tell_City Indiana/Vevay "
        "Indiana/Vincennes Indiana/Winamac Inuvik Iqaluit Jamaica Juneau Kentucky/Louisville Kentucky/Monticello "
        "Kralendijk La_Paz Lima Los_Angeles Lower_Princes Maceio Managua Manaus Marigot Martinique Matamoros Mazatlan "
        "Menominee Merida Metlakatla Mexico_City Miquelon Moncton Monterrey Montevideo Montserrat Nassau New_York "
        "Nome Noronha North_Dakota/Beulah North_Dakota/Center North_Dakota/New_Salem Nuuk Ojinaga Panama Paramaribo "
        "Phoenix Port-au-Prince Port_of_Spain Porto_Velho Puerto_Rico Punta_Arenas Rankin_Inlet Recife Regina "
        "Resolute Rio_Branco Santarem Santiago Santo_Domingo Sao_Paulo Scoresbysund Sitka St_Barthelemy St_Johns "
        "St_Kitts St_Lucia St_Thomas St_Vincent Swift_Current Tegucigalpa Thule Tijuana Toronto Tortola Vancouver "
        "Whitehorse Winnipeg Yakutat"
    ),
    "Antarctica": ("Casey Davis DumontDUrville Macquarie Mawson McMurdo Palmer Rothera Syowa Troll Vostok"),
    "Arctic": ("Longyearbyen"),
    "Asia": (
        "Aden Almaty Amman Anadyr Aqtau Aqtobe Ashgabat Atyrau Baghdad Bahrain Baku Bangkok Barnaul Beirut Bishkek "
        "Brunei Chita Colombo Damascus Dhaka Dili Dubai Dushanbe Famagusta Gaza Hebron Ho_Chi_Minh Hong_Kong Hovd "
        "Irkutsk Jakarta Jayapura Jerusalem Kabul Kamchatka Karachi Kathmandu Khandyga Kolkata Krasnoyarsk "
        "Kuala_Lumpur Kuching Kuwait Macau Magadan Makassar Manila Muscat Nicosia Novokuznetsk Novosibirsk Omsk Oral "
        "Phnom_Penh Pontianak Pyongyang Qatar Qostanay Qyzylorda Riyadh Sakhalin Samarkand Seoul Shanghai Singapore "
        "Srednekolymsk Taipei Tashkent Tbilisi Tehran Thimphu Tokyo Tomsk Ulaanbaatar Urumqi Ust-Nera Vientiane "
        "Vladivostok Yakutsk Yangon Yekaterinburg Yerevan"
    ),
    "Atlantic": ("Azores Bermuda Canary Cape_Verde Faroe Madeira Reykjavik South_Georgia St_Helena Stanley"),
    "Australia": ("Adelaide Brisbane Broken_Hill Darwin Eucla Hobart Lindeman Lord_Howe Melbourne Perth Sydney"),
    "Europe": (
        "Amsterdam Andorra Astrakhan Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Busingen Chisinau "
        "Copenhagen Dublin Gibraltar Guernsey Helsinki Isle_of_Man Istanbul Jersey Kaliningrad Kirov Kyiv Lisbon "
        "Ljubljana London Luxembourg Madrid Malta Mariehamn Minsk Monaco Moscow Oslo Paris Podgorica Prague Riga Rome "
        "Samara San_Marino Sarajevo Saratov Simferopol Skopje Sofia Stockholm Tallinn Tirane Ulyanovsk Vaduz Vatican "
        "Vienna Vilnius Volgograd Warsaw Zagreb Zurich"
    ),
    "Indian": ("Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion"),
    "Pacific": (
        "Apia Auckland Bougainville Chatham Chuuk Easter Efate Fakaofo Fiji Funafuti Galapagos Gambier Guadalcanal "
        "Guam Honolulu Kanton Kiritimati Kosrae Kwajalein Majuro Marquesas Midway Nauru Niue Norfolk Noumea Pago_Pago "
        "Palau Pitcairn Pohnpei Port_Moresby Rarotonga Saipan Tahiti Tarawa Tongatapu Wake Wallis"
    ),
}
TIME_ZONES = ("UTC", *(f"{area}/{city}" for area, cities in _CITIES.items() for city in cities.split()))
_NAMES = {zone.lower(): zone for zone in TIME_ZONES}
#: Other names and abbreviations of one zone; those of North America, for instance, leave the daylight saving time open.
_WORDS = {
    "gmt": "UTC", "etc/utc": "UTC", "協定世界時": "UTC", "jst": "Asia/Tokyo", "日本時間": "Asia/Tokyo", "日本標準時": "Asia/Tokyo", "japan time": "Asia/Tokyo",
    "us/eastern": "America/New_York", "us/central": "America/Chicago", "us/mountain": "America/Denver",
    "us/pacific": "America/Los_Angeles", "asia/calcutta": "Asia/Kolkata", "europe/kiev": "Europe/Kyiv",
}  # fmt: skip
#: Names of places that mean something else before "time".
_NO_PLACES = ("christmas", "easter", "wake", "oral", "reunion", "center", "nome")
_WORDS |= {
    f"{place} time": zone
    for zone in TIME_ZONES[1:]
    if (place := zone.rpartition("/")[2].replace("_", " ").lower()) not in _NO_PLACES
}
_WORDS |= {
    "ロンドン時間": "Europe/London", "パリ時間": "Europe/Paris", "ベルリン時間": "Europe/Berlin", "ニューヨーク時間": "America/New_York",
    "ロサンゼルス時間": "America/Los_Angeles", "シカゴ時間": "America/Chicago", "シンガポール時間": "Asia/Singapore", "上海時間": "Asia/Shanghai",
    "香港時間": "Asia/Hong_Kong", "ソウル時間": "Asia/Seoul", "シドニー時間": "Australia/Sydney", "東京時間": "Asia/Tokyo",
}  # fmt: skip

_AHEAD = {
    1: (
        "Africa/Algiers Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville "
        "Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo Africa/Tunis"
    ),
    2: (
        "Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Johannesburg Africa/Juba "
        "Africa/Khartoum Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo Africa/Maseru Africa/Mbabane "
        "Africa/Tripoli Africa/Windhoek Europe/Kaliningrad"
    ),
    3: (
        "Africa/Addis_Ababa Africa/Asmara Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu "
        "Africa/Nairobi Antarctica/Syowa Asia/Aden Asia/Amman Asia/Baghdad Asia/Bahrain Asia/Damascus Asia/Kuwait "
        "Asia/Qatar Asia/Riyadh Europe/Istanbul Europe/Kirov Europe/Minsk Europe/Moscow Europe/Simferopol "
        "Europe/Volgograd Indian/Antananarivo Indian/Comoro Indian/Mayotte"
    ),
    4: (
        "Asia/Baku Asia/Dubai Asia/Muscat Asia/Tbilisi Asia/Yerevan Europe/Astrakhan Europe/Samara Europe/Saratov "
        "Europe/Ulyanovsk Indian/Mahe Indian/Mauritius Indian/Reunion"
    ),
    5: (
        "Antarctica/Mawson Antarctica/Vostok Asia/Almaty Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Atyrau "
        "Asia/Dushanbe Asia/Karachi Asia/Oral Asia/Qostanay Asia/Qyzylorda Asia/Samarkand Asia/Tashkent "
        "Asia/Yekaterinburg Indian/Kerguelen Indian/Maldives"
    ),
    6: ("Asia/Bishkek Asia/Dhaka Asia/Omsk Asia/Thimphu Asia/Urumqi Indian/Chagos"),
    7: (
        "Antarctica/Davis Asia/Bangkok Asia/Barnaul Asia/Ho_Chi_Minh Asia/Hovd Asia/Jakarta Asia/Krasnoyarsk "
        "Asia/Novokuznetsk Asia/Novosibirsk Asia/Phnom_Penh Asia/Pontianak Asia/Tomsk Asia/Vientiane Indian/Christmas"
    ),
    8: (
        "Antarctica/Casey Asia/Brunei Asia/Hong_Kong Asia/Irkutsk Asia/Kuala_Lumpur Asia/Kuching Asia/Macau "
        "Asia/Makassar Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Ulaanbaatar Australia/Perth"
    ),
    9: (
        "Asia/Chita Asia/Dili Asia/Jayapura Asia/Khandyga Asia/Pyongyang Asia/Seoul Asia/Tokyo Asia/Yakutsk "
        "Pacific/Palau"
    ),
    10: (
        "Antarctica/DumontDUrville Asia/Ust-Nera Asia/Vladivostok Australia/Brisbane Australia/Lindeman Pacific/Chuuk "
        "Pacific/Guam Pacific/Port_Moresby Pacific/Saipan"
    ),
    11: (
        "Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Pacific/Bougainville Pacific/Efate Pacific/Guadalcanal "
        "Pacific/Kosrae Pacific/Noumea Pacific/Pohnpei"
    ),
    12: (
        "Asia/Anadyr Asia/Kamchatka Pacific/Fiji Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro Pacific/Nauru "
        "Pacific/Tarawa Pacific/Wake Pacific/Wallis"
    ),
    13: ("Pacific/Apia Pacific/Fakaofo Pacific/Kanton Pacific/Tongatapu"),
    14: ("Pacific/Kiritimati"),
}
#: Hours ahead of UTC, for the zones in which they are whole and the same all year; data, so that files depend on no machine.
HOURS_AHEAD = {zone: hours for hours, zones in _AHEAD.items() for zone in zones.split()}


def zone_named(text: str) -> str | None:
    """Return the name of the time zone that words stand for, or None if they are not known."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    return _WORDS.get(said) or _NAMES.get(said.replace(" ", "_"))


def zone_in(sentence: str) -> tuple[str, str] | None:
    """Return the time zone that a sentence names, and the sentence without it; None if it names none."""
    found = _zone_pattern().search(sentence)
    zone = zone_named(found["zone"]) if found else None
    return (zone, sentence[: found.start()] + sentence[found.end() :]) if found and zone else None


@cache
def _zone_pattern() -> re.Pattern[str]:
    """Return the pattern of a name with what surrounds it: brackets, "in", or a Japanese particle."""
    names = "|".join(re.escape(name) for name in sorted((*_WORDS, *_NAMES), key=len, reverse=True))
    return re.compile(
        rf"\s?(?:\bin )?[(（]?(?<![A-Za-z0-9_/])(?P<zone>{names})(?![A-Za-z/])(?: time)?[)）]?[ので]?", re.IGNORECASE
    )
