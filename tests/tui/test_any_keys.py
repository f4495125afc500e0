"""Keys and clicks in any order and in bursts, on every screen: the tutor goes on, and nothing goes to the log."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from textual import events
from tui.stand_ins import new_app, settle

from tutor import places

KEYS = [
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnoprstuvwxyz"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", "delete", "backspace"),
    *("escape", "enter", "space", *(f"f{number}" for number in range(1, 13))),
    *"abcdefghijklmnoprstuvwxyz0123456789?+-[]^()=/*.,;",
]
"Without q, which leaves."
OFTEN = ["enter", "enter", "ctrl+n", "escape", "?", "f2", "f4", "space", "e", "l", "p"]
"What leads somewhere."


@pytest.mark.parametrize("seed", range(4))
async def test_any_keys_in_any_order(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))  # a log of its own: other tests write to theirs on purpose
    chance = random.Random(seed)
    app = new_app()
    async with app.run_test(size=chance.choice([(80, 24), (40, 12), (120, 40)])) as pilot:
        await settle(pilot)
        for _ in range(30):
            for _ in range(chance.randrange(1, 6)):  # without waiting between them, as a slow line delivers them
                if chance.random() < 0.2:
                    click(
                        app, chance.randrange(app.size.width), chance.randrange(app.size.height - 1)
                    )  # not the key that leaves
                else:
                    key = chance.choice(OFTEN if chance.random() < 0.5 else KEYS)
                    app.post_message(events.Key(key, key if len(key) == 1 else None))
            await settle(pilot)
            assert app.is_running
            assert app._exception is None
    assert not places.log_file().exists()


def click(app: object, x: int, y: int) -> None:
    """Press and release the left button."""
    for kind in (events.MouseDown, events.MouseUp):
        app.post_message(  # type: ignore[attr-defined]
            kind(
                None,
                x=x,
                y=y,
                delta_x=0,
                delta_y=0,
                button=1,
                shift=False,
                meta=False,
                ctrl=False,
                screen_x=x,
                screen_y=y,
            )
        )
