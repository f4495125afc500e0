"""Pages of a lesson in plain lines: the words, what a moving picture tells, a picture that stands, a graph as a list."""

from __future__ import annotations

from typing import Final

from tutor import display
from tutor.front.contours import contour_map, slices_picture
from tutor.front.curves import picture_of
from tutor.front.films import film
from tutor.front.graph import listing, work_out
from tutor.front.picture import Picture
from tutor.lesson.pages import AnyPage, Bowl, Contours, Network, Plot, Secant, Slices, Walk
from tutor.plain.lines import Lines
from tutor.words import tr

HEIGHT: Final = 16
"Lines of a picture."

CAPTIONS: Final = 8
"Lines that a moving picture is told in, about."

LEFT_OUT: Final = tr("A picture stands here; the word pictures draws it.")


def said_of_pictures(*, is_wanted: bool) -> str:
    """What is said when they are turned on or off."""
    return tr("Pictures are drawn.") if is_wanted else tr("Pictures are left out.")


def say_page(page: AnyPage, lines: Lines, *, with_pictures: bool) -> None:
    """Say all that a page shows but for what has to be worked out or trained."""
    lines.page(page.text)
    match page:
        case Plot():
            say_picture(picture_of(page), lines, is_wanted=with_pictures)
        case Slices():
            say_picture(slices_picture(page), lines, is_wanted=with_pictures)
        case Secant() | Walk() | Bowl():
            _say_film(page, lines, with_pictures=with_pictures)
        case Contours():
            _say_map(page, lines, with_pictures=with_pictures)
        case Network():
            lines.say()
            for line in listing(work_out(page), with_gradients=True):
                lines.say(line)


def say_picture(picture: Picture | None, lines: Lines, *, is_wanted: bool, height: int = HEIGHT) -> None:
    """Draw a picture, and say which sign is which curve; or only that there is one."""
    if picture is None:
        return
    lines.say()
    if not is_wanted:
        lines.say(LEFT_OUT)
        return
    from tutor.front.still import legend, still_of  # plotext, which no page of words waits for

    lines.put(still_of(picture, lines.width, height, ascii=display.is_ascii()))
    lines.say(legend(picture))


def _say_film(page: Secant | Walk | Bowl, lines: Lines, *, with_pictures: bool) -> None:
    frames = film(page)
    if not frames:
        return
    lines.say()
    every = -(-len(frames) // CAPTIONS)
    told = [frame.caption for frame in frames[::every]]
    for caption in told if frames[-1].caption == told[-1] else [*told, frames[-1].caption]:
        lines.say(caption.replace("   ", ", "))
    say_picture(frames[-1].picture, lines, is_wanted=with_pictures)


def _say_map(page: Contours, lines: Lines, *, with_pictures: bool) -> None:
    found = contour_map(page)
    if found is not None:
        lines.say()
        lines.say(tr("The lines lie at {levels}.", levels=found.levels))
        say_picture(found.picture, lines, is_wanted=with_pictures, height=HEIGHT + 4)
