"""Runs of letters taken apart into the names that an exercise knows, and the complaint where that cannot be done."""

import difflib
from collections.abc import Mapping, Sequence

from tutor.errors import Unreadable
from tutor.maths.grammar import GREEK, Vocabulary, canonical, display_name, words
from tutor.words import tr

Piece = tuple[str, str, int]
"Kind, name and how many characters it takes."

_LOG = frozenset({"log", "Log", "LOG"})
_SHORTEST_WORD = 4
_LONGEST_QUOTED = 24
"Characters of a learner's word that a complaint repeats."


class UnknownName(Unreadable):
    """A letter, or a letter with its index, that the vocabulary does not hold."""

    def __init__(self, message: str, column: int, name: str) -> None:
        """
        Args:
            name: what a formula of free letters would take for a variable here, in canonical spelling.
        """
        super().__init__(message, column)
        self.name = name


class Names:
    """The words of one exercise."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.words = words(vocabulary)
        self.longest = max(map(len, self.words))

    def split(self, run: str, suffix: str, *, is_before_bracket: bool) -> list[Piece] | None:
        """The run as pieces, each as long as it can be while the rest can still be read; None where it cannot be done.

        Args:
            run: letters only.
            suffix: the index typed behind them, `_1`, `2` or `_{beds}`; may be empty.
            is_before_bracket: whether `(` comes next.
        """
        size = len(run)
        best: list[tuple[Piece, int] | None] = [None] * size
        for start in reversed(range(size)):
            for stop in range(min(size, start + self.longest), start, -1):
                if stop < size and best[stop] is None:
                    continue
                piece = (
                    self.last_piece(run[start:], suffix, is_before_bracket=is_before_bracket)
                    if stop == size
                    else self.piece(run[start:stop])
                )
                if piece:
                    best[start] = piece, stop
                    break
        pieces: list[Piece] = []
        at = 0
        while at < size:
            choice = best[at]
            if choice is None:
                return None
            pieces.append(choice[0])
            at = choice[1]
        return pieces

    def can_read(self, run: str, suffix: str) -> bool:
        """Whether letters with this index mean something here."""
        return self.split(run, suffix, is_before_bracket=False) is not None

    def piece(self, word: str) -> Piece | None:
        known = self.words.get(word)
        return (*known, len(word)) if known else None

    def last_piece(self, word: str, suffix: str, *, is_before_bracket: bool) -> Piece | None:
        """What a word may be that has this index behind it, which a function need not take."""
        if word in _LOG and word in self.words and _takes_base(suffix, self.words, is_before_bracket=is_before_bracket):
            return "log", "log", len(word) + suffix.startswith("_")
        # `w_bx` may be w_b times x, but `w_{bx}` and `w12` are one name.
        shortest = 2 if suffix[:1] == "_" and suffix[1:2].isalpha() else len(suffix)
        for length in range(len(suffix), max(shortest, 1) - 1, -1):
            whole = self.words.get(canonical(word + suffix[:length])) if suffix != "_" else None
            if whole:
                return (*whole, len(word) + length)
        known = self.piece(word)
        if known and (not suffix or (known[0] == "function" and suffix[0].isdecimal())):
            return known
        return None

    def complain(self, run: str, suffix: str, columns: Sequence[int]) -> Unreadable:
        """What is wrong with a run that cannot be split: the first letters that no name begins with.

        Args:
            columns: where each letter of the run was typed.
        """
        reach = self.reach(run)
        # Of `banana` where b is known, the rest is a word as well: nobody meant b times anana.
        is_whole = self.is_word(run) or (run[reach:] not in GREEK and self.is_word(run[reach:]))
        reach = 0 if is_whole else reach
        column = columns[reach]
        rest = run[reach:]
        if suffix.isdecimal() and self.piece(rest):
            return Unreadable(power_or_product(rest, suffix), column)
        quoted = _clipped(rest)
        letter = rest[0] + suffix * (len(rest) == 1)
        free = canonical(run + suffix if run in GREEK else letter)
        for other in (rest.swapcase(), rest.lower()):
            if other != rest and (self.words.get(canonical(other + suffix)) or other in self.words):
                return UnknownName(
                    self.known_names(quoted) + " " + tr("Did you mean {other}?", other=other),
                    column,
                    free,
                )
        if len(rest) > 2:
            near = difflib.get_close_matches(rest, [known for known in self.words if len(known) > 2], n=1, cutoff=0.74)
            if near:
                return UnknownName(
                    tr("{quoted} is not known here. Did you mean {near}?", quoted=quoted, near=near[0]), column, free
                )
        is_word = len(rest) > 1 and (bool(suffix) or is_whole or not any(sign in self.words for sign in rest))
        shown = _clipped(display_name(canonical(rest + suffix if is_word else letter)))
        return UnknownName(
            self.known_names(shown),
            column,
            free,
        )

    def is_word(self, run: str) -> bool:
        """Whether letters were hardly meant as a product: a Greek letter spelt out, or a word with none of the exercise's own."""
        own = {name.lower() for name in self.vocabulary.variables}
        return run in GREEK or (len(run) >= _SHORTEST_WORD and own.isdisjoint(run.lower()))

    def known_names(self, stranger: str) -> str:
        """Which names may be typed, said of one that may not."""
        if not self.vocabulary.variables:
            return tr("A number is wanted here, without letters; {stranger} is not known.", stranger=stranger)
        return tr(
            "You can use {sentence} here; {stranger} is not one of them.",
            sentence=self.vocabulary.sentence(),
            stranger=stranger,
        )

    def reach(self, run: str) -> int:
        """How far into the run names can be read one after another, short of its end."""
        reached = [True] + [False] * len(run)
        for start in range(len(run)):
            for stop in range(start + 1, min(len(run), start + self.longest) + 1) if reached[start] else ():
                reached[stop] = reached[stop] or run[start:stop] in self.words
        return max(stop for stop in range(len(run)) if reached[stop])


def power_or_product(name: str, digits: str) -> str:
    """The complaint about `x2`."""
    name, digits = _clipped(name, 8), _clipped(digits, 8)
    return tr(
        "{name}{digits} could mean two things: write {name}^{digits} for a power, {digits}*{name} for a product.",
        name=name,
        digits=digits,
    )


def _clipped(word: str, longest: int = _LONGEST_QUOTED) -> str:
    return word if len(word) <= longest else word[: longest - 1] + "…"


def _takes_base(suffix: str, known: Mapping[str, object], *, is_before_bracket: bool) -> bool:
    """Whether `log` with this behind it wants a base: `log_b(x)`, `log3(x)`; `log_2` and `log10` have names of their own."""
    if not suffix or suffix == "_":
        return bool(suffix)
    return canonical("log" + suffix) not in known and (suffix[0] == "_" or is_before_bracket)
