"""A run as it is after its way from the child process."""

import msgspec

from tutor.descent.run import Run
from tutor.engine.pieces import Gathered, bare, cut
from tutor.engine.wire import Reply


def travelled(run: Run) -> Run:
    """The run in its pieces, written down, read and put together."""
    gathered = Gathered()
    for piece in cut(run):
        reply = _over(Reply(1, piece=piece))
        assert reply.piece is not None
        gathered.add(reply.piece)
    reply = _over(Reply(1, run=bare(run)))
    assert reply.run is not None
    return gathered.whole(reply.run)


def _over(reply: Reply) -> Reply:
    return msgspec.json.decode(msgspec.json.encode(reply), type=Reply)
