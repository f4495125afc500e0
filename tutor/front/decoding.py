"""The bytes that a learner's terminal or pipe sends, as characters; any bytes at all can be read."""

import codecs


def new_decoder() -> codecs.IncrementalDecoder:
    """Reads UTF-8, and a byte that is none as Latin-1, which it most likely is: `²` from an old terminal; never fails."""
    codecs.register_error("latin-1-within", _as_latin1)
    return codecs.getincrementaldecoder("utf-8")(errors="latin-1-within")


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end].decode("latin-1")
    return "".join(sign if sign >= "\xa0" else "\ufffd" for sign in wrong), error.end
