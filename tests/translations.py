"""Keeps the catalogues of `tutor/locale` in step with the code.

    python tests/translations.py          take up new texts of the code, drop those that are gone, compile
    python tests/translations.py fr       begin a catalogue for another language

After the first, texts without a translation stand in `tutor/locale/LANGUAGE/LC_MESSAGES/tutor.po` with an empty `msgstr`.
"""

import io
import sys
import warnings
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "tutor"
LOCALE = PACKAGE / "locale"
KEYWORDS = {"tr": None, "tr_n": (1, 2)}


def texts() -> Catalog:
    """Every text of the code, with no translations."""
    found = Catalog(fuzzy=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # of an f-string, which is never found in a catalogue
        for _, _, message, comments, _ in extract_from_dir(PACKAGE, keywords=KEYWORDS, comment_tags=("Translators:",)):
            found.add(message, auto_comments=comments)
    return found


def catalogue(language: str) -> Catalog:
    """The translations as they stand in the file."""
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def po(language: str) -> Path:
    """The file of a language's translations."""
    return LOCALE / language / "LC_MESSAGES" / "tutor.po"


def compiled(translations: Catalog) -> bytes:
    """What the tutor reads."""
    buffer = io.BytesIO()
    write_mo(buffer, translations)
    return buffer.getvalue()


def languages() -> list[str]:
    """Those there is a catalogue for."""
    return sorted(file.parts[-3] for file in LOCALE.glob("*/LC_MESSAGES/tutor.po"))


def main(begun: list[str]) -> None:
    """Bring every catalogue up to date, and begin those named."""
    for language in sorted({*languages(), *begun}):
        file = po(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        translations = catalogue(language) if file.exists() else _begin(language)
        translations.update(texts(), no_fuzzy_matching=True, update_creation_date=False)
        translations.obsolete.clear()
        with file.open("wb") as out:
            write_po(out, translations, width=110, sort_output=True, ignore_obsolete=True)
        file.with_suffix(".mo").write_bytes(compiled(catalogue(language)))
        missing = sum(1 for message in translations if message.id and not _is_translated(message.string))
        print(f"{language}: {len(translations)} texts, {missing} without a translation")


def _begin(language: str) -> Catalog:
    """An empty catalogue, with no more in its head than what is true of it."""
    begun = Catalog(locale=language, project="tutor", version="1", fuzzy=False)
    begun.header_comment = f"# The tutor's own words in {begun.locale.english_name if begun.locale else language}."
    begun.last_translator = begun.language_team = "the authors of tutor"
    begun.msgid_bugs_address = "the authors of tutor"
    begun.revision_date = begun.creation_date
    return begun


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    main(sys.argv[1:])
