"""Advice on a text: the house style of the guide as small rules. Pure: no database.

Each rule takes a Text and returns an Advice or None. Rules only advise: a text can be sent
against all of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process, utils

from guide_site.core import markdown

LONG = 80  # words
NEEDS_A_LEAD = 25  # words
ALIKE = 88  # of 100, as rapidfuzz counts
CLOSE = 80

NO_PROSE = ("code", "definition")  # kinds of entries without any

# What is not prose: code, targets and definitions of links, labels of footnotes, addresses, HTML.
_PROTECTED = re.compile(
    r"```.*?```|``.*?``|`[^`\n]*`|\]\([^)\n]*\)|\]\[[^\]\n]*\]|\[\^[^\]\n]+\]|<[^>\n]{1,200}>"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[^\n]*|\bhttps?://[^\s)>\]]+",
    re.S | re.M,
)
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”)\]]+")
_HYPHENS = re.compile(r"(?<!-) -- (?!-)|(?<=[^\s-])--(?=[^\s-])")
_BOLD_LEAD = re.compile(r"^.{0,60}?(\*\*|__)\S")
_RISKS = re.compile(
    r"\b(?:not|no|never|cannot|can[’']t|don[’']t|won[’']t|isn[’']t|avoid|bad|beware|bug|break|broken|careful|cost|"
    r"caution|charge|confus|corrupt|danger|delay|delete|disappear|down|error|expensive|expire|expose|fail|"
    r"fee|forget|gotcha|however|hard|insecure|irreversible|leak|limit|lock|lose|loss|lost|mistake|only|"
    r"outage|overwrite|problem|restart|risk|secret|silent|slow|stale|surpris|throttl|time ?out|too|"
    r"trap|unavailab|unexpected|unless|unlike|unsafe|until|warn|watch out|without|wrong)",
    re.I,
)
_COSTS = re.compile(
    r"[$€£%]|\b(?:bill|budget|charg|cheap|cost|discount|expens|fee|free|hourly|invoice|money|pay|pric|"
    r"sav|spend|spent|reserv|spot|tier|waste)",
    re.I,
)


@dataclass(frozen=True)
class Text:
    """What the rules look at.

    body, tags, kind  of the entry as proposed; tags are slugs
    base              the text before, "" for an addition
    is_nested         True if it stands below another entry
    signs             {slug: sign} of the legend
    anchors           {name that links within the guide can point to: its address}
    names             short names of services
    vendors           words before such a name that add nothing to it
    others            {primary key: text} of entries that may say the same
    """

    body: str
    tags: tuple[str, ...] = ()
    kind: str = "bullet"
    base: str = ""
    is_nested: bool = False
    signs: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    vendors: tuple[str, ...] = ()
    others: Mapping[int, str] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """The words of the body without Markdown."""
        return markdown.plain(self.body).split()

    def has_sign(self, sign: str) -> bool:
        """True if a tag of the text has this legend sign."""
        return any(self.signs.get(tag, "").startswith(sign) for tag in self.tags)


@dataclass(frozen=True)
class Advice:
    """What a rule says.

    rule      name of the rule
    sentence  what it says to the author
    fix       the mended text, or None if a person must decide
    entry     primary key of another entry that it is about, or None
    """

    rule: str
    sentence: str
    fix: str | None = None
    entry: int | None = None


def advice_on(text: Text) -> list[Advice]:
    """Return the advice of all rules on `text`, in the order of RULES."""
    return [advice for rule in RULES if (advice := rule(text))]


def straight_quotes(text: Text) -> Advice | None:
    """“Curly quotes” and apostrophes ’, outside of code."""
    if text.kind in NO_PROSE:
        return None
    fix = _prose(text.body, _curled)
    if fix == text.body:
        return None
    return Advice("straight-quotes", "Straight quotes: the guide writes “these” and ’.", fix)


def double_hyphens(text: Text) -> Advice | None:
    """An em dash with spaces around it, instead of two hyphens."""
    if text.kind in (*NO_PROSE, "table"):
        return None
    fix = _prose(text.body, lambda prose: _HYPHENS.sub(" — ", prose))
    if fix == text.body:
        return None
    return Advice("double-hyphens", "Two hyphens: the guide writes an em dash — like this.", fix)


def missing_lead(text: Text) -> Advice | None:
    """A bullet of some length opens with its topic in bold."""
    if text.kind != "bullet" or text.is_nested or _BOLD_LEAD.match(text.body):
        return None
    if len(text.words) < NEEDS_A_LEAD:
        return None
    sentence = "No bold lead: open with the topic in bold and a colon, so that one can skim."
    return Advice("missing-lead", sentence)


def grown_long(text: Text) -> Advice | None:
    """A bullet that grows stays under LONG words."""
    count = len(text.words)
    if text.kind not in ("bullet", "step") or count <= LONG:
        return None
    if count <= len(markdown.plain(text.base).split()):
        return None
    sentence = f"{count} words are long for one bullet: would half be clear, or two bullets?"
    return Advice("grown-long", sentence)


def bare_url(text: Text) -> Advice | None:
    """A link has words, not a bare address."""
    if text.kind in NO_PROSE:
        return None
    fix = re.sub(
        rf"({_PROTECTED.pattern})",
        lambda match: _linked(match[0]) if _ADDRESS.match(match[0]) else match[0],
        text.body,
        flags=_PROTECTED.flags,
    )
    if fix == text.body:
        return None
    return Advice("bare-url", "A bare address: put it behind words.", fix)


def long_name(text: Text) -> Advice | None:
    """Services have the short name that people say, without the company."""
    if not text.names or not text.vendors or text.kind in NO_PROSE:
        return None
    vendors = "|".join(map(re.escape, text.vendors))
    names = "|".join(re.escape(name) for name in sorted(text.names, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{vendors}) ({names})\b")
    fix = _prose(text.body, lambda prose: pattern.sub(r"\1", prose))
    if fix == text.body:
        return None
    name = next(pattern.finditer(text.body))
    return Advice("long-name", f"“{name[0]}”: people say {name[1]}, and so does the guide.", fix)


def unknown_link(text: Text) -> Advice | None:
    """A link within the guide leads to a section that exists."""
    for target in markdown.link_targets(text.body):
        name = target[1:]
        if not target.startswith("#") or markdown.destination(name, text.anchors):
            continue
        near = process.extractOne(name, list(text.anchors), scorer=fuzz.ratio, score_cutoff=CLOSE)
        if near is None:
            return Advice("unknown-link", f"The guide has no section “#{name}”.")
        fix = text.body.replace(f"](#{name})", f"](#{near[0]})")
        sentence = f"The guide has no section “#{name}”: is it “#{near[0]}”?"
        return Advice("unknown-link", sentence, fix if fix != text.body else None)
    return None


def unfit_tag(text: Text) -> Advice | None:
    """A text with ❗ names a risk, and one with 💸 speaks of money."""
    plain = " ".join(text.words)
    if text.has_sign("❗") and not _RISKS.search(plain):
        return Advice("unfit-tag", "❗ warns of a risk, but the text names none: what goes wrong?")
    if text.has_sign("💸") and not _COSTS.search(plain):
        return Advice("unfit-tag", "💸 is about money, but the text speaks of none.")
    return None


def near_duplicate(text: Text) -> Advice | None:
    """No other entry says nearly the same."""
    plain = " ".join(text.words)
    near = process.extractOne(
        plain,
        text.others,
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=ALIKE,
    )
    if near is None:
        return None
    return Advice("near-duplicate", "Another entry says nearly the same:", entry=near[2])


Rule = Callable[[Text], Advice | None]

RULES: list[Rule] = [
    straight_quotes,
    double_hyphens,
    missing_lead,
    grown_long,
    bare_url,
    long_name,
    unknown_link,
    unfit_tag,
    near_duplicate,
]


def _prose(body: str, mend: Callable[[str], str]) -> str:
    """`body` with `mend` applied to what is neither code nor address."""
    parts, end = [], 0
    for match in _PROTECTED.finditer(body):
        parts += [mend(body[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, mend(body[end:])])


def _curled(prose: str) -> str:
    """`prose` with curly quotes and apostrophes."""
    prose = re.sub(r"(?<=\w)'(?=\w)", "’", prose)
    prose = re.sub(r"(^|[\s(\[—–*_])'(?=\S)", r"\1‘", prose)
    prose = re.sub(r'(^|[\s(\[—–*_])"(?=\S)', r"\1“", prose)
    return prose.replace("'", "’").replace('"', "”")


def _linked(address: str) -> str:
    """A Markdown link whose words are the host of the address."""
    end = address.rstrip(".,;:!?'’*_")
    host = urlsplit(end).netloc.removeprefix("www.") or end
    return f"[{host}]({end}){address[len(end) :]}"
