"""What CLDR has and Babel lacks or has otherwise than browsers: digits, the Persian calendar, words."""

import datetime as dt

# The zero of CLDR's numbering systems other than European digits; the other digits follow it in Unicode.
_ZEROS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "mymr": "\u1040",
    "olck": "\u1c50",
    "tibt": "\u0f20",
}
_PERSIAN_MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
# From Monday, as Python counts them.
_PERSIAN_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
# 1 Farvardin of the year 1, as `date.toordinal` counts days.
_PERSIAN_EPOCH = 226_895


def digits(numbering_system: str) -> dict[int, int]:
    """A table for `str.translate` from European digits to those of a numbering system."""
    zero = ord(_ZEROS.get(numbering_system, "0"))
    return {} if zero == ord("0") else {ord("0") + digit: zero + digit for digit in range(10)}


def persian_date(day: dt.date) -> tuple[int, int, int]:
    """Year, month and day of the Solar Hijri calendar, by the cycle of 33 years that ICU too uses.

    It agrees with ICU from 1900 to 2119. Before 622 there are no dates: ValueError.
    """
    elapsed = day.toordinal() - _PERSIAN_EPOCH
    if elapsed < 0:
        raise ValueError("before the first year of the Persian calendar")
    year = 1 + (33 * elapsed + 3) // 12053
    day_of_year = elapsed - (365 * (year - 1) + (8 * year + 21) // 33)
    # Six months of 31 days, then months of 30.
    month, rest = divmod(day_of_year, 31) if day_of_year < 186 else divmod(day_of_year - 6, 30)
    return year, month + 1, rest + 1


def format_persian_date(day: dt.date, style: str) -> str:
    """A date in Persian, in European digits. Style: full, long, medium or short."""
    year, month, day_of_month = persian_date(day)
    if style == "short":
        return f"{year}/{month}/{day_of_month}"
    shown = f"{day_of_month} {_PERSIAN_MONTHS[month - 1]} {year}"
    return f"{_PERSIAN_WEEKDAYS[day.weekday()]} {shown}" if style == "full" else shown


# The day before yesterday to the day after tomorrow, then “now”. Without a word for a day, days are counted.
_DAYS = {
    "ar": "أول أمس|أمس|اليوم|غدًا|بعد الغد|الآن",
    "cs": "předevčírem|včera|dnes|zítra|pozítří|nyní",
    "de": "vorgestern|gestern|heute|morgen|übermorgen|jetzt",
    "en": "|yesterday|today|tomorrow||now",
    "es": "anteayer|ayer|hoy|mañana|pasado mañana|ahora",
    "fa": "پریروز|دیروز|امروز|فردا|پس‌فردا|اکنون",
    "fr": "avant-hier|hier|aujourd’hui|demain|après-demain|maintenant",
    "he": "שלשום|אתמול|היום|מחר|מחרתיים|עכשיו",
    "hi": "परसों|कल|आज|कल|परसों|अब",
    "id": "kemarin dulu|kemarin|hari ini|besok|lusa|sekarang",
    "it": "l’altro ieri|ieri|oggi|domani|dopodomani|ora",
    "ja": "一昨日|昨日|今日|明日|明後日|今",
    "ko": "그저께|어제|오늘|내일|모레|지금",
    "lt": "užvakar|vakar|šiandien|rytoj|poryt|dabar",
    "nl": "eergisteren|gisteren|vandaag|morgen|overmorgen|nu",
    "pl": "przedwczoraj|wczoraj|dzisiaj|jutro|pojutrze|teraz",
    "pt": "anteontem|ontem|hoje|amanhã|depois de amanhã|agora",
    "ru": "позавчера|вчера|сегодня|завтра|послезавтра|сейчас",
    "tr": "evvelsi gün|dün|bugün|yarın|öbür gün|şimdi",
    "uk": "позавчора|учора|сьогодні|завтра|післязавтра|зараз",
    "vi": "Hôm kia|Hôm qua|Hôm nay|Ngày mai|Ngày kia|bây giờ",
    "zh": "前天|昨天|今天|明天|后天|现在",
    "zh_Hant": "前天|昨天|今天|明天|後天|現在",
}
# Where numbers of four digits stand without a separator.
FOUR_DIGITS_TOGETHER = frozenset({"es", "it", "pl", "pt_PT"})
# Date and time side by side, where CLDR has changed since Babel's.
DATE_AND_TIME = {"id": "{1}, {0}", "pt_BR": "{1}, {0}"}
# How a detail is put behind a language's name, where not as “{0} ({1})”.
DETAILS = {"ko": "{0}({1})", "zh": "{0}（{1}）"}
# Babel took a longer or shorter name for these than CLDR means for ordinary use: put together they are right.
PUT_TOGETHER = frozenset(
    {("cs", "zh_Hant")}
    | {(locale, tag) for locale in ("id", "ko", "nl", "vi") for tag in ("zh_Hans", "zh_Hant")}
    | {(locale, tag) for locale in ("ar", "de", "uk") for tag in ("en_GB", "en_US")}
)
# Names that CLDR has changed since Babel's.
LANGUAGES = {
    ("ko", "pa"): "펀자브어",
    ("pt_BR", "hi"): "hindi",
    ("zh_Hans", "ky"): "吉尔吉斯语",
}
TERRITORIES = {
    ("ar", "MO"): "مكاو",
    ("lt", "FK"): "Folklando salos",
    ("vi", "AU"): "Úc",
    ("vi", "MO"): "Macao",
}
# CLDR's short names, which browsers take.
_PALESTINE = {
    "Palestina": "lt pt_BR pt_PT es it nl cs id",
    "Palestine": "en fr vi",
    "Palestyna": "pl",
    "Palästina": "de",
    "Filistin": "tr",
    "Палестина": "ru uk",
    "פלסטין": "he",
    "فلسطين": "ar",
    "فلسطین": "fa",
    "फ़िलिस्तीन": "hi",
    "パレスチナ": "ja",
    "巴勒斯坦": "zh_Hans zh_Hant",
    "팔레스타인": "ko",
}
TERRITORIES |= {(locale, "PS"): name for name, locales in _PALESTINE.items() for locale in locales.split()}


# Known by their cities; the full names say of which country they are a special region.
CITY_STATES = {"HK": "Asia/Hong_Kong", "MO": "Asia/Macau"}
# Parts of the day: ordinary words for Babel's.
DAY_PARTS = {"ko": {"AM": "오전", "PM": "오후"}, "zh_Hant": {"午夜": "凌晨"}}


def day_word(locale: str, days: int) -> str:
    """“Tomorrow” for 1, “yesterday” for -1; empty where there is no word. `locale` as Babel writes it."""
    words = _words(locale)
    return words[days + 2] if len(words) == 6 and -2 <= days <= 2 else ""


def now_word(locale: str) -> str:
    """“Now”; empty where it isn't known."""
    return _words(locale)[-1]


def _words(locale: str) -> list[str]:
    return (_DAYS.get(locale) or _DAYS.get(locale.partition("_")[0], "")).split("|")


# What the languages of the interface are called in themselves. CLDR has it too, but for that alone each of
# them would stay in memory with all its data, a megabyte, as soon as they are offered.
NATIVE_NAMES = {
    "ar": "العربية",
    "cs": "čeština",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fa": "فارسی",
    "fr": "français",
    "he": "עברית",
    "hi": "हिन्दी",
    "id": "Indonesia",
    "it": "italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "lietuvių",
    "nl": "Nederlands",
    "pl": "polski",
    "pt-BR": "português (Brasil)",
    "pt-PT": "português europeu",
    "ru": "русский",
    "tr": "Türkçe",
    "uk": "українська",
    "vi": "Tiếng Việt",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
}
