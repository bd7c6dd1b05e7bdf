"""Finding the lines of a text that are code, a command or what a program printed.

A developer writes to a shop's chat as well, and "return error;" translated helps nobody. People's sentences
must not be taken for code, so most signs count only together: a semicolon at the end and an expression before
it, `select` and `from` with a star. What could be either ("import taxes") is code only beside a line that
surely is.
"""

import re
from collections.abc import Iterator

LONGEST_LINE = 500
"""Characters; a longer line is nobody's line of code, and is not looked at."""
MOST_LINES = 600
"""Lines with a sign of code that are looked at: this runs wherever a text arrives."""

_NAME = r"[A-Za-z_$][\w$]*+"
_DOTTED = rf"{_NAME}(?:\.[\w$]++|\[[^\[\]\s]*+\])*+"
_DECLARATION = "(?:const|let|var|val)"
_ASSIGNS = r"\s?(?:[-+*/|&%:]|\?\?)?=\s?"
_TEXT = r"(?:\"[^\"\n]*+\"|'[^'\n]*+')"

_TOOLS = (
    "(?:npm|npx|pnpm|yarn|pip3?|pipx|brew|apt|apt-get|composer|conda|helm|kubectl|docker|docker-compose|git"
    "|cargo)"
)
_TASKS = (
    "(?:install|uninstall|run|start|stop|build|test|add|clone|pull|push|commit|checkout|init|update|upgrade"
    "|remove|exec|ps|logs|up|down|restart|status|reset|rebase|merge|fetch|login|ci|i)"
)
_COMMANDS = (
    "(?:curl|wget|ssh|scp|chmod|chown|grep|tar|rm|cp|mv|ls|cd|cat|mkdir|ping|python3?|node|php|java|ruby|make|gcc"
    "|systemctl|service|kill|export|echo|dig|nslookup|traceroute|openssl|rsync|unzip|ip|su|nano|vim?|reboot|mount"
    "|dpkg|ufw|nginx)"
)
# What people do not write behind a word that is a command as well: options, paths, addresses.
_ARGUMENT = r"(?:--?[A-Za-z]|[~./]\S|https?:|[A-Z_]{2,}=)"

# Each looks at a line once or twice from its beginning to its end, however long.
_SURE = re.compile(
    "|".join(
        (
            # A block opens or closes, or does both in one line.
            r"[^\n]*\{$",
            r"(?:[^\n]*[:=(,] ?)?\[$",
            r"\}",
            r"[^{}\n]*\{[^{}\n]*;\s?\}$",
            # A value of JSON with a name inside; a member of an object.
            r"[\[{](?=[^\n]*\"\s?:)[^\n]*[\]}],?$",
            rf"\"[a-z_$][\w.$-]*+\"\s*+:\s*+(?:{_TEXT}|-?\d[\d.eE+-]*+|true|false|null)\s*+,?$",
            # How lines begin in files of Python, JavaScript, C, PHP and HTML.
            r"from [\w.]++ import [\w*(][\w*, ()]*+$",
            rf"(?:async )?def {_NAME}\([^\n]*:$",
            r"class [A-Z]\w*+(?:\([^\n]*\))?:$",
            rf"(?:async )?function\s?\*?\s?(?:{_NAME})?\(",
            rf"{_DECLARATION} {_NAME}(?:\s?:\s?\w++)?\s?=\s?\S",
            r"#(?: ?include\s*+[<\"]|define |ifn?def |pragma |!/)",
            r"<(?:\?(?:php|xml)|!DOCTYPE|!--)",
            # An assignment of a text, a call or a list.
            rf"{_DOTTED}{_ASSIGNS}(?:{_TEXT}|new {_NAME}[^\n]*|{_DOTTED}\([^\n]*\)|[\[{{][^\n]*)$",
            # A call, which "item(s)" is not.
            rf"(?:await |return )?{_NAME}\((?:\)|[^\n)]*[(\"'=][^\n]*\))$",
            rf"(?:await |return )?{_NAME}(?:\.[\w$]++)++\([^\n]*\)$",
            # SQL.
            r"(?i:select)\b(?=[^\n]*\*)[^\n]*\b(?i:from)\b",
            r"(?i:select\b[^\n]*\bfrom\s\S++\s(?:where|(?:order|group) by|limit|(?:left |inner )?join)\b)",
            r"(?i:insert into\s\S++\s?\([^\n]*\)\s?values|update\s\S++\sset\s\S++\s?=)",
            r"(?i:delete from \S++ where\b)",
            r"(?i:(?:create|alter|drop) (?:table|index|view|database) \S++ ?(?:\(|;|(?:if|add|as)\b|$))",
            # What is typed at a prompt.
            rf"(?:[$%]|[\w.-]++@[\w.-]++:[^\s$#]*[$#])\s(?:{_TOOLS}|{_COMMANDS}|sudo)\b",
            rf"sudo (?:-\w+ )?(?:{_TOOLS}|{_COMMANDS})\b",
            rf"{_TOOLS} {_TASKS}(?:$| (?=[^\n]*(?:&&|\s--?[a-z]|\s[~./]\S|https?:|\S[=@/:]\S))[^\n]*)",
            rf"{_COMMANDS} {_ARGUMENT}",
            r"chmod \d{3,4} \S",
            r"npm (?:ERR!|WARN|error|notice) ",
            # What programs print when they fail, and say to each other.
            r"Traceback \(most recent call last\):$",
            r"File \"[^\"\n]*\", line \d++(?:, in [^\n]*)?$",
            r"at (?:async )?[\w$.<>/-]++ ?\([^\n]*\)$",
            r"at \S*?:\d++:\d++$",
            r"HTTP/\d(?:\.\d)? \d{3}\b",
            r"(?:GET|POST|PUT|PATCH|DELETE|HEAD) /\S* HTTP/",
        )
    )
)
_LIKELY = re.compile(
    r"import [\w.]++(?: as \w++)?(?:, ?[\w.]++)*+$|(?:else|try|finally|do):?$|(?:break|continue|pass);?$|//"
    r"|(?:if|elif|for|while|with|except)\b(?=[^\n]*[=<>().\[\]_])[^\n]*:$"
    r"|(?:SELECT|FROM|WHERE|AND|OR|ORDER BY|GROUP BY|LIMIT|JOIN|LEFT JOIN|INNER JOIN|SET|VALUES)\b"
)
_SIGNS = re.compile(r"[;{}=\[(<>$:*_/\"#`!]|sudo|import|select|SELECT|" + f"{_TOOLS} ")
_SIGNS_INDENTED = re.compile(r"[=(){}\[\];\"<>_]")
_QUOTED = re.compile(_TEXT)
_KEYWORDS = re.compile(
    r"\b(?:new|await|async|const|let|var|return|throw|function|typeof|not|and|or|in|is|if|else|lambda|static"
    r"|final|public|private|protected|void|int|float|double|bool|char|string|unsigned|export|default|delete"
    r"|yield|echo) "
)
_DECLARED = re.compile(r"\w++ (?=\w++ ?=)")
_OPERATION = re.compile(r"\w\(|=|->|::|\]|\+\+|--|\w\.\w")
_TWO_WORDS = re.compile(r"[\w\"] ++[\w\"]")
_FENCE = re.compile(r"```[\w+-]*$|~~~[\w+-]*$")


def code_lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of code are, without the white space around each, from top to bottom.

    Lines between ``` are code whatever they hold, if there is an end to them.
    """
    lines: list[tuple[int, str, str]] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        lines.append((position + (line.index(stripped) if stripped else 0), stripped, line))
        position += len(line) + 1
    code = _fenced([stripped for _, stripped, _ in lines])
    looked = 0
    for number, (_, stripped, _) in enumerate(lines):
        if looked < MOST_LINES and number not in code and _SIGNS.search(stripped):
            looked += 1
            if is_code(stripped):
                code.add(number)
    if code:
        for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
            for number in order:
                _, stripped, line = lines[number]
                if number not in code and number - order.step in code and _is_likely(stripped, line):
                    code.add(number)
    for number in sorted(code):
        start, stripped, _ = lines[number]
        if stripped:
            yield start, start + len(stripped)


def is_code(line: str) -> bool:
    """Whether a line, without white space at its ends, can be nothing but code."""
    if len(line) > LONGEST_LINE:
        return False
    return (line.endswith(";") and _is_statement(line)) or _SURE.match(line) is not None


def _is_statement(line: str) -> bool:
    """Whether a line that ends in a semicolon is an expression: two words side by side are none."""
    bare = _KEYWORDS.sub("", _QUOTED.sub('""', line))
    declared = _DECLARED.match(bare)
    expression = declared.end() if declared else 0
    return _OPERATION.search(bare) is not None and not _TWO_WORDS.search(bare, expression)


def _is_likely(stripped: str, line: str) -> bool:
    """Whether a line is code if the one beside it is."""
    if len(line) > LONGEST_LINE:
        return False
    if stripped.endswith(";") and not _TWO_WORDS.search(_KEYWORDS.sub("", stripped)):
        return True
    indented = line.startswith(("  ", "\t")) and _SIGNS_INDENTED.search(stripped) is not None
    return indented or _LIKELY.match(stripped) is not None


def _fenced(lines: list[str]) -> set[int]:
    """The numbers of the lines between two fences, and of the fences."""
    found: set[int] = set()
    begun: int | None = None
    for number, line in enumerate(lines):
        if begun is None:
            if _FENCE.match(line):
                begun = number
        elif line == lines[begun][:3]:
            found.update(range(begun, number + 1))
            begun = None
    return found
