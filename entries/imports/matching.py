"""Which sections and entries of a file are those that the guide holds already.

Pure: compares parsed objects with rows by their texts and queries nothing. What has the same
text is the same; then what is most alike, first within a section, then in the whole guide.
"""

import re
from collections import Counter, defaultdict

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import LCSseq

from entries.models import EntryKind

ALIKE = 0.5  # share of words in common from which two entries of one section are the same
ALIKE_ANYWHERE = 0.75  # the same for entries of different sections
SAME_BOLD_START = 0.3  # the same for two entries of one section that begin in bold alike
_BOLD_START = re.compile(r"\*\*(.{3,80}?)\*\*")
_WORDS = re.compile(r"\w+")


def match_sections(parsed_sections, sections, aliases, entries):
    """{id(parsed section): Section}.

    parsed_sections  in the order of the file
    sections         rows in the order of the guide
    aliases          {old slug: Section}
    entries          rows of entries, to recognise a section by what is in it
    """
    return _Sections(parsed_sections, sections, aliases, entries).found


class _Sections:
    def __init__(self, parsed_sections, sections, aliases, entries):
        self.found = {}
        self.free = {section.pk: section for section in sections}
        self.parsed = parsed_sections
        self.parents = {id(parsed): above for parsed, above in with_parents(parsed_sections)}
        self._by_place()
        self._by_slug(sections, aliases)
        self._by_title()
        self._by_content(entries)
        self._by_likeness()

    def _take(self, parsed, section):
        self.found[id(parsed)] = section
        del self.free[section.pk]

    def _waiting(self):
        return [parsed for parsed in self.parsed if id(parsed) not in self.found]

    def _by_place(self):
        """The same title under the same parent; a single title of the guide stays itself."""
        roots = [s for s in self.free.values() if s.parent_id is None]
        tops = [parsed for parsed in self.parsed if self.parents[id(parsed)] is None]
        if len(roots) == len(tops) == 1:
            self._take(tops[0], roots[0])
        places = defaultdict(list)
        for section in self.free.values():
            places[section.parent_id, section.title.casefold()].append(section)
        for parsed in self._waiting():
            above = self.parents[id(parsed)]
            parent = self.found.get(id(above)) if above else None
            if above is None or parent:
                same = places[parent.pk if parent else None, parsed.title.casefold()]
                if same:
                    self._take(parsed, same.pop(0))

    def _by_slug(self, sections, aliases):
        slugs = aliases | {section.slug: section for section in sections}
        for parsed in self._waiting():
            section = slugs.get(parsed.anchor)
            if section and section.pk in self.free:
                self._take(parsed, section)

    def _by_title(self):
        titles = defaultdict(list)
        for section in self.free.values():
            titles[section.title.casefold()].append(section)
        for parsed in self._waiting():
            if len(same := titles[parsed.title.casefold()]) == 1 and same[0].pk in self.free:
                self._take(parsed, same[0])

    def _by_content(self, entries):
        """A section that was renamed: most of its entries are those of a section here."""
        homes = {_plain(e.body): e.section_id for e in entries if e.section_id in self.free}
        sizes = Counter(entry.section_id for entry in entries)
        for parsed in self._waiting():
            texts = [_plain(entry.body) for entry in parsed.walk()]
            shared = Counter(homes[text] for text in texts if text in homes)
            for pk, count in shared.most_common(1):
                if pk in self.free and count >= 0.5 * max(len(texts), sizes[pk]):
                    self._take(parsed, self.free[pk])

    def _by_likeness(self):
        """A section that was renamed: under the same parent, most words of the title the same."""
        for parsed in self._waiting():
            above = self.parents[id(parsed)]
            parent = self.found.get(id(above)) if above else None
            rivals = [
                s for s in self.free.values() if s.parent_id == (parent.pk if parent else None)
            ]
            scored = [
                (
                    fuzz.token_set_ratio(parsed.title, s.title, processor=utils.default_process),
                    -s.pk,
                )
                for s in rivals
            ]
            if scored and max(scored)[0] >= 80:
                self._take(parsed, self.free[-max(scored)[1]])


def with_parents(parsed_sections):
    """(parsed section, the parsed section that it stands under or None), in order."""
    above = []
    for parsed in parsed_sections:
        while above and above[-1].level >= parsed.level:
            above.pop()
        yield parsed, above[-1] if above else None
        above.append(parsed)


def match_entries(guide, sections, entries, *, by_hand=False):
    """{id(parsed entry): Entry}.

    sections  what match_sections() found
    entries   all rows, the retired ones too; those are taken only for the very same text
    by_hand   somebody edited this very text: what is short may move as well, and what
              stands alone between the same neighbours is the same, if a word is left of it
    """
    return _Entries(guide, sections, entries, by_hand).found


class _Entries:
    def __init__(self, guide, sections, entries, by_hand):
        self.found = {}
        self.taken = set()
        self.shortest = 1 if by_hand else 20  # characters of a text that is known elsewhere
        self.live = [entry for entry in entries if entry.is_live]
        self.parsed = [
            (sections[id(section)].pk if id(section) in sections else None, entry)
            for section in guide.sections
            for entry in section.walk()
        ]
        self._same_text(self.live, within_section=True)
        self._same_text(self.live, within_section=False)
        self._alike_within_sections()
        if by_hand:
            self._alone_between_neighbours()
        self._alike_anywhere()
        self._same_text([e for e in entries if not e.is_live], within_section=False)

    def _take(self, parsed, entry):
        self.found[id(parsed)] = entry
        self.taken.add(entry.pk)

    def _waiting(self):
        return [(place, parsed) for place, parsed in self.parsed if id(parsed) not in self.found]

    def _same_text(self, entries, *, within_section):
        rows = defaultdict(list)
        for entry in entries:
            if entry.pk not in self.taken:
                place = entry.section_id if within_section else None
                rows[place, _form(entry), _plain(entry.body)].append(entry)
        for place, parsed in self._waiting():
            text = _plain(parsed.body)
            if not within_section and len(text) < self.shortest:
                continue  # “Yes.” elsewhere is another entry
            same = rows[place if within_section else None, _form(parsed), text]
            if same:
                self._take(parsed, same.pop(0))

    def _alike_within_sections(self):
        rows, waiting = defaultdict(list), defaultdict(list)
        for entry in self.live:
            if entry.pk not in self.taken:
                rows[entry.section_id, _form(entry)].append((entry, _words(entry.body)))
        for place, parsed in self._waiting():
            waiting[place, _form(parsed)].append((parsed, _words(parsed.body)))
        pairs = []
        for key, group in waiting.items():
            for order, (parsed, new) in enumerate(group):
                for number, (entry, old) in enumerate(rows[key]):
                    if score := _score(entry.body, parsed.body, old, new):
                        pairs.append((-score, abs(order - number), order, number, parsed, entry))
        for *_, parsed, entry in sorted(pairs, key=lambda pair: pair[:4]):
            if id(parsed) not in self.found and entry.pk not in self.taken:
                self._take(parsed, entry)

    def _alone_between_neighbours(self):
        """One entry of each side is left in a gap: it was rewritten, if a word is the same."""
        rows = [entry.pk for entry in self.live]
        places = {pk: number for number, pk in enumerate(rows)}
        known = [places[e.pk] if (e := self.found.get(id(p))) else None for _, p in self.parsed]
        for number, (_, parsed) in enumerate(self.parsed):
            if known[number] is not None:
                continue
            low = known[number - 1] if number else -1
            high = known[number + 1] if number + 1 < len(known) else len(rows)
            if low is None or high is None or high - low != 2 or rows[low + 1] in self.taken:
                continue
            entry = self.live[low + 1]
            words = set(_words(entry.body)) & set(_words(parsed.body))
            if words and _form(parsed) == _form(entry):
                self._take(parsed, entry)

    def _alike_anywhere(self):
        rows = [e for e in self.live if e.pk not in self.taken and len(e.body) >= 40]
        waiting = [parsed for _, parsed in self._waiting() if len(parsed.body) >= 40]
        texts = [_plain(entry.body) for entry in rows]
        pairs = [
            (-score, n, m)
            for n, parsed in enumerate(waiting)
            for _, score, m in process.extract_iter(
                _plain(parsed.body), texts, scorer=fuzz.ratio, score_cutoff=ALIKE_ANYWHERE * 100
            )
        ]
        for _, n, m in sorted(pairs):
            parsed, entry = waiting[n], rows[m]
            fits = _form(parsed) == _form(entry)
            if fits and id(parsed) not in self.found and entry.pk not in self.taken:
                self._take(parsed, entry)


def _score(old_text, new_text, old, new):
    """How alike two texts are, 0 (another entry) to 1."""
    if not old or not new:
        return 0
    common = LCSseq.similarity(old, new)
    share = 2 * common / (len(old) + len(new))
    starts = [_BOLD_START.match(text) for text in (old_text, new_text)]
    if all(starts) and starts[0][1].casefold() == starts[1][1].casefold():
        return share + 0.2 if share >= SAME_BOLD_START else 0
    contained = min(len(old), len(new)) >= 6 and common / min(len(old), len(new)) >= 0.85
    return share if share >= ALIKE or contained else 0


def _form(entry):
    """Bullets and numbered steps may turn into each other, other kinds may not."""
    listed = (EntryKind.BULLET, EntryKind.STEP)
    return "listed" if entry.kind in listed else str(entry.kind)


def _plain(text):
    return " ".join(text.split())


def _words(text):
    return _WORDS.findall(text.casefold())
