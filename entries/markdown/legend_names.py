"""What the legend of a guide is called, in the languages that guides are written in. Pure."""

import re
import unicodedata

from guide_site.core import emoji

LONGEST = 60  # characters of a title that may be one

# {language: what legends are called in it, with commas between}
_NAMES = {
    "ar": "مفتاح الرموز, دليل الرموز, الرموز, وسيلة إيضاح, مفتاح",
    "ca": "llegenda, icones",
    "cs": "legenda, vysvětlivky, symboly, ikony",
    "da, nb": "tegnforklaring, signaturforklaring, symbolforklaring, symboler, ikoner",
    "de": "legende, zeichenerklärung, symbolerklärung, zeichen, symbole, piktogramme",
    "el": "υπόμνημα, σύμβολα, εικονίδια",
    "en": "legend, legends, key, icon, icons, symbol, symbols, emoji, emojis, pictograms",
    "es": "leyenda, símbolos, iconos, íconos, clave",
    "fa": "راهنمای نمادها, نمادها, راهنمای علائم",
    "fi": "selite, selitteet, merkkien selitykset, symbolit, kuvakkeet",
    "fr": "légende, légendes, symboles, icônes, pictogrammes",
    "he": "מקרא, סמלים",
    "hi": "संकेत सूची, प्रतीक, संकेत",
    "hu": "jelmagyarázat, szimbólumok, jelölések, ikonok",
    "id": "legenda, keterangan simbol, simbol, ikon",
    "it": "legenda, leggenda, simboli, icone",
    "ja": "凡例, 図例, 記号, アイコン, 絵文字, マークの意味, 記号の意味",
    "ko": "범례, 기호, 아이콘, 이모지",
    "nl": "legenda, symbolen, pictogrammen, iconen, pictogram",
    "pl": "legenda, oznaczenia, objaśnienia, ikony, symbole",
    "pt": "legenda, símbolos, ícones",
    "ro": "legendă, simboluri, pictograme",
    "ru": "обозначения, условные обозначения, легенда, значки, символы, иконки",
    "sv": "teckenförklaring, symbolförklaring, förklaring, symboler, ikoner",
    "th": "คำอธิบายสัญลักษณ์, สัญลักษณ์",
    "tr": "lejant, simgeler, semboller, işaretler",
    "uk": "позначення, умовні позначення, легенда, значки, символи",
    "vi": "chú giải, chú thích, ký hiệu, biểu tượng",
    "zh": "图例, 圖例, 图标, 圖示, 图示, 符号, 符號, 图标说明, 符号说明, 圖例說明",
}
# Of these, a text that is no heading needs more to be a title: a colon, bold or a capital letter.
_EVERYDAY = {
    *("key", "icon", "symbol", "emoji", "clave", "zeichen", "pictogram", "ikon", "simbol"),
    *("مفتاح", "संकेत", "förklaring", "символы", "символи", "işaretler", "selite"),
}
# Words that stand between or beside them: “Legend and icons”, “What the symbols mean”.
_FILLERS = {
    *("and", "the", "of", "to", "for", "used", "in", "this", "guide", "list", "what", "mean"),
    *("meaning", "meanings", "our", "und", "der", "die", "verwendete", "et", "des", "les", "de"),
    *("y", "los", "las", "e", "o", "os", "i", "a", "и", "та", "en", "van", "och", "og", "és", "ve"),
    *("dan", "và", "si", "și", "ja", "και", "و"),
}
_AROUND = " \t\r\n*_`#:：.=-–—()[]（）【】「」"
_BETWEEN = re.compile(r"[\s&+/,、・·と和及与與および및:-]+")


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


_KNOWN = {_folded(name) for names in _NAMES.values() for name in names.split(", ")}


def is_title(source: str, words: str) -> bool:
    """True for a bullet or a paragraph under which the legend stands.

    source  its Markdown
    words   what readers see of that
    """
    is_plain = words[:1] == words[:1].lower() and not re.search("[*_:：]", source)
    return is_legend(words) and not (is_plain and _folded(words.strip(_AROUND)) in _EVERYDAY)


def is_legend(title: str) -> bool:
    """True for the words of a heading under which the legend stands."""
    if len(title) > LONGEST:
        return False
    words = title.strip(_AROUND)
    while sign := emoji.leading(words):
        words = words[len(sign) :].strip(_AROUND)
    words = _folded(words)
    if words in _KNOWN:
        return True
    parts = [part for part in _BETWEEN.split(words) if part]
    named = [part for part in parts if part in _KNOWN]
    return bool(named) and all(part in _KNOWN or part in _FILLERS for part in parts)
