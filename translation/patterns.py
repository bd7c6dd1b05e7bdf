"""What the pieces look like that must not be translated.

The first pattern that matches at a place wins. Their work must grow with the text, not with its square,
whatever a stranger writes: a run is looked at from its beginning only, and what was taken is not given back
(`++`).
"""

import re
from collections.abc import Iterable

LONGEST_WORD = 60
"""Letters. A longer run is no word where words are separated; an engine would chew on it for seconds."""

LONGEST_RUN = 100
"""Characters without a space, whatever they are: "ha!ha!ha!…" took 17 s for 4,800."""

NO_SPACE_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Ranges of the scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters."""

# Emoji, arrows, boxes, stars and the private signs of fonts, with what colours and joins them.
_EMOJI_SIGN = (
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u2122\u2139\u203c\u2049\u3030\u303d\u3297\u3299\u00a9\u00ae\ue000-\uf8ff]"
)
_SIGN = _EMOJI_SIGN + "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*[\U000e0020-\U000e007f]*"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEYCAP = "[#*0-9]\ufe0f?\u20e3"
_EMOJI = rf"(?:{_FLAG}|{_KEYCAP}|{_SIGN}(?:\u200d{_SIGN})*+)"
_FACE = r"(?:>?[:;=][-'^]?[)(\]\[DPpOo3/|*sS@$]|<3|[xX]D|[>\^oO0T-]_++[<\^oO0T-]|\^\^)"
_GLUED_FACE = r"[:;=]-?[)(](?!\S)"
_KAOMOJI = r"¯\\\S{1,10}/¯|\([^\w\s()]{1,3}[_▽ωДo‿◡□益・ー皿.]{1,2}[^\w\s()\"'”’]{1,3}\)"

# What an address is made of. Chinese and Japanese put no space after one: it ends where their signs begin.
_ADDRESS = r"[^\s<>\"“”«»\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_TOP_LEVEL = (
    "(?:com|org|net|edu|gov|info|biz|shop|store|app|dev|io|co|eu|uk|fr|pt|br|nl|pl|lt|lv|ee|ru|ua|tr|cn|jp|ch"
    "|dk|fi|cz|sk|hu|ro|bg|hr|rs|gr|by|kz|il|ae|kr|hk|tw|ca|au|nz|mx|cl|xyz)"
)
# Words as well, which follow a stop without a space often enough ("pedido.de novo"): only with more of an
# address.
_TOP_LEVEL_WORD = "(?:it|us|es|de|me|in|at|be|no|is|ie|ai|ir|si|se|ar|am|tv|za|site|online|tech|cloud)"
_LABELS = r"(?:[A-Za-z0-9-]++\.)"

_CODES = (
    "USD|EUR|GBP|BRL|JPY|CNY|IRR|CHF|PLN|CZK|SEK|NOK|DKK|HUF|RON|BGN|RUB|UAH|ILS|AED|SAR|INR|IDR|MYR|SGD|THB|VND"
    "|PHP|KRW|HKD|TWD|CAD|AUD|NZD|MXN|ARS|CLP|COP|ZAR|EGP|NGN|KES|KZT|RSD|ISK|AOA|MZN|CVE|RMB|BTC"
)
_SYMBOL = "(?:(?:US|R|A|AU|C|CA|NZ|HK|S|NT|MX)?\\$|[€£¥₺₽₹₴₸₪₫₩₦₱₲₵₡₭₮₼₾฿﷼])"
_BEFORE = rf"(?:{_SYMBOL}|\b(?:{_CODES}))[ \u00a0\u202f]?"
# TRY is Turkey's currency only behind a number: "PLEASE TRY 5 TIMES".
_UNIT = rf"(?:{_SYMBOL}|[円元%‰]|°[CF]?|(?:{_CODES}|TRY|TL|kr|zł|Kč|Ft|lei|лв|грн|руб)\b)"
_AFTER = rf"(?:,[-–—]{{1,2}})?[ \u00a0\u202f]?{_UNIT}"
_MAGNITUDE = r"(?:[kKM]|mn|bn)?"
# Digits with separators inside: 1,234.56 · 1 234,56 · 10:30 · 12/05/2026 · 192.168.0.1 · 10h30 · 20x30x40
_GROUPED = (
    r"(?<![\w.])\d+(?:[.,:/'’\-–٫٬×]\d+|x\d+(?=x\d|[\s,;.)])|[hH]\d\d(?!\d)|[ \u00a0\u202f]\d{3}(?!\d))+"
)

_EXTENSIONS = (
    "(?:pdf|png|jpe?g|gif|webp|heic|svg|docx?|xlsx?|pptx?|odt|ods|csv|txt|rtf|eml|ics|zip|rar|7z|tar|gz|dmg|exe"
    "|msi|apk|iso|mp[34]|mov|avi|wav|json|xml|ya?ml|html?|css|js|ts|jsx|tsx|py|java|cpp|php|sql|bat|ini|conf"
    "|cfg|env)"
)
_PATH_PART = r"[\w.@%+-]"

_TOOLS = "npm|npx|pnpm|yarn|pip3?|brew|apt|apt-get|composer|conda|kubectl|docker|docker-compose|git|cargo"
_TASKS = (
    "install|uninstall|run|build|test|clone|pull|push|commit|checkout|init|update|upgrade|exec|ps|logs|up|restart"
    "|status|reset|rebase|fetch|login"
)

_LETTER = rf"[^\W{NO_SPACE_SCRIPTS}]"
_SOLID = rf"[^\s{NO_SPACE_SCRIPTS}]"
_LONG_WORD = f"{_LETTER}{{{LONGEST_WORD + 1},}}+"
_LONG_RUN = f"{_SOLID}{{{LONGEST_RUN + 1},}}+"

_FOUR = r"[A-Z\d]{4}"
_HEX = "[0-9A-Fa-f]"
_HEXES = f"{_HEX}{{1,4}}(?::{_HEX}{{1,4}}){{0,6}}"

# Kind; what it can begin with: a letter of ASCII (a), a digit (9), another letter or _ (w), one of the signs
# named, an emoji (E), a currency's sign (C), anything (A); and how it looks.
_PATTERNS = (
    ("code", "`", r"(?<!`)`[^`\n]++`"),
    ("url", "a", rf"(?i:https?|ftp|ssh|sftp|wss?)://{_ADDRESS}+"),
    ("url", "a", rf"\b(?i:www)\.(?=\w){_ADDRESS}+"),
    (
        "email",
        "a9w.+%-",
        r"(?<![\w.+%-])[\w.+%-]++(?:['’][\w.+%-]++)?@[\w-]++(?:\.[\w-]++)++(?::[\w-]++(?:[./][\w-]++)++)?",
    ),
    ("url", "a9-", rf"(?<![\w.@-]){_LABELS}++{_TOP_LEVEL}\b(?![\w@-])(?:/{_ADDRESS}*)?"),
    ("url", "a9-", rf"(?<![\w.@-]){_LABELS}{{2,}}+{_TOP_LEVEL_WORD}\b(?![\w@-])(?:/{_ADDRESS}*)?"),
    ("url", "a9-", rf"(?<![\w.@-]){_LABELS}{_TOP_LEVEL_WORD}/{_ADDRESS}+"),
    ("url", "a", rf"\blocalhost(?::\d++)?(?:/{_ADDRESS}*)?(?!\w)"),
    ("placeholder", "${", r"\$?\{\{?[^{}\n]{0,60}\}?\}(?:/[\w/.-]++)?"),
    ("placeholder", "%$", r"%\(\w++\)[a-z]|%[sdif]\b|\$[A-Za-z_]\w++"),
    ("placeholder", "<&", r"</?[A-Za-z!?][^<>\n]{0,200}>|&(?:#\d{1,6}|[a-z]{2,8});"),
    ("email", "<", r"<[\w.+%-]{1,64}@[\w.-]{1,100}>"),
    ("handle", "@#", r"(?<!\w)[@#][^\W\d]\w+(?:-\d++)?"),
    ("handle", ":", r"(?<!\w):[a-z][a-z0-9_+-]++:(?!\w)"),
    ("file", "~./", rf"(?<![\w/.:~\\-])(?:(?:~|\.\.?)(?:/{_PATH_PART}++)++/?|(?:/{_PATH_PART}++){{2,}}+/?)"),
    ("file", "a", r"(?<![A-Za-z])[A-Za-z]:\\[^\s\"<>|*?]++"),
    ("file", "\\", r"(?<!\S)\\\\[\w.-]++\\[^\s\"<>|*?]++"),
    ("file", "a9w-", rf"(?<![\w-])(?:[\w-]++/)*+[\w-]++(?:\.[\w-]++)*?\.(?i:{_EXTENSIONS})\b"),
    ("emoji", "9w#*E", rf"{_EMOJI}(?:[ \ufe0f]?{_EMOJI})*+"),
    ("emoji", "a9>:;=<^-", rf"(?<!\S){_FACE}(?![^\s.,!?])"),
    ("emoji", ":;=", rf"(?:(?<=[^\W\d_])|(?<=[!?.])){_GLUED_FACE}"),
    ("emoji", "¯(", _KAOMOJI),
    ("number", "9", r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d++)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b"),
    ("code", "a9", rf"(?<![\w:.])(?:{_HEX}{{1,4}}:){{3,7}}{_HEX}{{1,4}}(?![\w:])"),
    ("code", "a9", rf"(?<![\w:.]){_HEXES}::(?:{_HEXES})?(?:/\d++)?(?![\w:])"),
    ("code", "a9", rf"\b{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}\b"),
    (
        "code",
        "a",
        rf"\b[A-Z]{{2}}\d{{2}}(?: {_FOUR}){{1,2}}(?: (?=[A-Z]{{0,3}}\d){_FOUR}){{1,5}}(?: [A-Z\d]{{1,3}})?\b",
    ),
    ("code", "a", r"\b[A-Z]{2} \d{3} \d{3} \d{3} [A-Z]{2}\b"),
    ("code", "a*•", r"(?<![\w*•])(?:[*•]{4}|[xX]{4})(?:[ -]?[*•xX]{4}){0,2}[ -]?\d{4}\b"),
    ("phone", "9+(", rf"(?<![\w.])\+?\(?\d[\d() \u00a0-]{{6,}}\d(?!\w|[:/.,]\d|{_AFTER})"),
    ("number", "aC", rf"{_BEFORE}(?:\d+(?:[.,:/'’٫٬]\d+|[ \u00a0\u202f]\d{{3}}(?!\d))*){_MAGNITUDE}(?!\w)"),
    ("number", "9", rf"{_GROUPED}(?:{_AFTER})?(?!\w)"),
    ("number", "9", rf"\b\d++{_AFTER}"),
    ("number", "±≈≤≥", r"[±≈≤≥]\s?\d++(?:[.,]\d++)*+"),
    ("code", "9", r"\b0x[0-9A-Fa-f]++\b"),
    ("code", "a", r"\bv\d++(?:\.\d++)+(?:-[a-z]++(?:\.\d++)?)?\b"),
    ("code", "a", r"\beyJ[\w-]{8,}+(?:\.[\w-]++){1,2}"),
    ("code", "a9", r"(?<!\S)(?=[A-Za-z]++\d|\d++[A-Za-z])[A-Za-z\d]++(?:[&$%^~!*+=#@]++[A-Za-z\d]++)++"),
    ("code", "#№", r"[#№] ?\d[\w-]*+|(?<!\w)#[A-Z]++-\d++\b"),
    ("code", "a9", r"\b(?:[A-Z]++\d|\d++[A-Z]++\d)[A-Z\d]*+\b(?:[-/][A-Z\d]++\b)*+"),
    ("code", "a9", r"(?<![\w-])(?=[A-Z/-]*+\d)[A-Z\d]++(?:[-/][A-Z\d]++\b)++"),
    ("code", "a9", r"\b(?=[a-f]*+\d)(?=\d*+[a-f])[0-9a-f]{7,64}+\b"),
    ("code", "a", r"\b[A-Za-z]++\d{2,}+[A-Za-z\d]*+\b"),
    ("code", "aw", r"\b_{0,2}[A-Za-z][A-Za-z0-9]*+(?:_[A-Za-z0-9]++)++\b(?:\(\))?"),
    ("code", "a", r"\b(?:[A-Za-z]\w*+::)++\w++"),
    # Calls: f(x), a.b(c), say("hi"), max(1,2), run(); but "item(s)", "o(a)" and "obrigado(a)" are none.
    ("code", "aw", r"\b[A-Za-z_][\w$]*+(?:\.[A-Za-z_$][\w$]*+)*+\(\)"),
    ("code", "aw", r"\b[A-Za-z_][\w$]*+(?:\.[A-Za-z_$][\w$]*+)++\([^()\n]{0,80}\)"),
    ("code", "a", r"\b[A-Za-z]{1,2}\([b-df-mp-rt-zA-Z0-9](?:, ?[A-Za-z0-9]){0,3}\)"),
    ("code", "aw", r"\b[A-Za-z_]\w*+\((?:\"[^\"()\n]{0,80}\"|'[^'()\n]{0,80}'|\d++(?:, ?\d++)++)\)"),
    ("code", "a", r"\b[a-z]++(?:[A-Z][a-z0-9]++)++[A-Z]*+\b|\b(?:[A-Z][a-z0-9]++){3,}+\b"),
    ("code", "a", r"\b[A-Z]\w{0,80}?[a-z](?:Exception|Error)\b"),
    ("code", "a", rf"\b(?:{_TOOLS}) (?:{_TASKS})\b"),
    (
        "code",
        "-=!<>&|^",
        r"(?<!\S)(?:--[a-z][\w-]++(?:=[^\s,;]++)?|[=!<>]=++|[=-]>|<-|&&|\|\||\^[^\s_^]{3,}+)(?!\w)",
    ),
    ("long_word", "a9w", rf"(?<!{_LETTER}){_LONG_WORD}"),
    ("long_word", "a9wA", rf"(?<!{_SOLID}){_LONG_RUN}"),
)
# Most words are plain: nothing begins with one but a command, or a run without a space to its end.
_GOES_ON = r"[\w.:/@+%'’(\\&$^~!*=#\[-]"
_PLAIN = rf"[A-Za-z][a-z]{{0,58}}+(?:[,.!?;:]?(?:\s|$)|(?!{_GOES_ON})\S{{1,40}}(?:\s|$))"
_WORD = rf"(?=[A-Za-z])(?!(?!(?:{_TOOLS}|[xX]{{4}}) ){_PLAIN})"
_SIGNS = sorted({sign for _, begins, _ in _PATTERNS for sign in begins if not sign.isalnum()})


def _looks(*begins: str) -> list[tuple[str, str]]:
    """The patterns that can begin so, in their order, and their kinds."""
    return [(kind, look) for kind, known, look in _PATTERNS if any(name in known for name in begins)]


_ASCII_SIGNS = [sign for sign in _SIGNS if sign.isascii()]
_OTHER_SIGNS = [sign for sign in _SIGNS if not sign.isascii()]
# What tells one beginning from the others, as a tree: the fewer questions at a place, the better.
_DISPATCHED = (
    (r"(?=\w)", [(_WORD, _looks("a")), (r"(?=\d)", _looks("9")), (r"(?![A-Za-z\d])", _looks("w"))]),
    (
        r"(?!\w)(?=[\x00-\x7f])",
        [
            *(
                (f"(?={re.escape(sign)})", _looks(sign, "A", *("C" if sign == "$" else "")))
                for sign in _ASCII_SIGNS
            ),
            (f"(?![{re.escape(''.join(_ASCII_SIGNS))}])", _looks("A")),
        ],
    ),
    (
        r"(?!\w)(?![\x00-\x7f])",
        [
            *((f"(?={re.escape(sign)})", _looks(sign, "A")) for sign in _OTHER_SIGNS),
            (f"(?={_SYMBOL})", _looks("C", "A")),
            (f"(?={_EMOJI_SIGN})", _looks("E", "A")),
            (f"(?!{_SYMBOL}|{_EMOJI_SIGN}|[{''.join(_OTHER_SIGNS)}])", _looks("A")),
        ],
    ),
)
KINDS = tuple(kind for _, branches in _DISPATCHED for _, looks in branches for kind, _ in looks)
# Nothing starts inside a run of ASCII letters and digits, or with a space: said once, it halves the search.
_STARTS = r"(?=\S)(?:(?<![A-Za-z0-9])|(?![A-Za-z0-9]))"


def _either(branches: Iterable[str]) -> str:
    return f"(?:{'|'.join(branches)})"


KEPT = re.compile(
    _STARTS
    + _either(
        begins + _either(branch + _either(f"({look})" for _, look in looks) for branch, looks in branches)
        for begins, branches in _DISPATCHED
    )
)
ALL = re.compile(f"{_STARTS}(?:{'|'.join(f'({look})' for _, _, look in _PATTERNS)})")
"""As `KEPT`, without a thought of what begins with what, and slower: what it is measured against."""
LONG = re.compile(f"{_LONG_WORD}|{_LONG_RUN}")
# Most texts keep nothing: without one of these signs none of the patterns can match (a test compares them).
HINT = re.compile(
    rf"{_EMOJI_SIGN[:-1]}\d@#`{{%<:;=^№$_()\\~&|>/±≈≤≥\u20e3]|\.\w|[a-z][A-Z]|XD|--"
    rf"|\b(?:localhost|(?:sudo|import) |(?:{_TOOLS}) (?:{_TASKS})\b)"
    rf"|(?<!\w)\w{{{LONGEST_WORD + 1}}}|(?<!\S)\S{{{LONGEST_RUN + 1}}}"
)
