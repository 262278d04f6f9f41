"""The page and the table show records and never run what an article says."""

from io import StringIO

from rich.console import Console

from extract.review.page import page
from extract.review.table import table
from extract.schema.document import Document
from extract.schema.event import Event, EventDate, Filler, Span

NASTY = '<script>alert(1)</script> arrested <img onerror="x"> on Monday & fled'


def _span(words: str) -> tuple[str, int, int]:
    return words, NASTY.index(words), NASTY.index(words) + len(words)


def _event() -> Event:
    target = _span('<img onerror="x">')
    return Event(
        doc_id="d",
        event_id="e",
        type="arrest",
        status="alleged",
        triggers=(Span(*_span("arrested")),),
        date=(EventDate(*_span("Monday"), "2021-12-13", "2021-12-13", "2021-12-13", "relative", 0.8),),
        slots={"target": (Filler(*target, (Span(*target),), target[0], 0.7),)},
        confidence=0.9,
    )


def test_text_of_the_article_is_shown_not_run() -> None:
    html = page(Document(NASTY, NASTY, NASTY), [_event()])
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2


def test_every_mention_is_a_mark_that_its_record_links_to() -> None:
    html = page(Document("d", NASTY), [_event()])
    for words in ("arrested", "Monday", '<img onerror="x">'):
        _, start, end = _span(words)
        assert f'<mark id="at-{start}-{end}"' in html
        assert f'href="#at-{start}-{end}"' in html


def test_nested_and_crossing_marks_keep_the_text_whole() -> None:
    text = "abcdefghij"
    spans = [(0, 6), (2, 4), (3, 8), (9, 10)]
    fillers = tuple(Filler(text[a:b], a, b, (Span(text[a:b], a, b),), text[a:b], 0.5) for a, b in spans)
    event = Event("d", "e", "arrest", "asserted", (Span("a", 0, 1),), slots={"target": fillers})
    html = page(Document("d", text), [event])
    article = html.split('<article dir="auto">')[1].split("</article>")[0]
    plain = "".join(part.split(">", 1)[-1] for part in article.split("<"))
    assert plain == text
    assert article.count("<mark") == article.count("</mark>")


def test_the_table_says_when_there_is_nothing() -> None:
    screen = Console(file=StringIO(), width=120)
    screen.print(table(Document("d", "x", "A [title]"), []))
    assert "no events found" in screen.file.getvalue()  # type: ignore[attr-defined]
    assert "A [title]" in screen.file.getvalue()  # type: ignore[attr-defined]


def test_the_table_has_a_row_for_each_record() -> None:
    screen = Console(file=StringIO(), width=160)
    screen.print(table(Document("d", NASTY), [_event()]))
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "2021-12-13" in shown
    assert "alleged" in shown
