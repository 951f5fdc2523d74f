"""Markdown that nobody wrote: documents built of constructs and their broken neighbours, and mutated real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from hypothesis import strategies as st

from migrate.model.document import Dialect

WORDS = ("a", "b", "word", "two words", "Ünï", "слово", "漢字", "x1", "12", "É.", "e\u0301", "\u00a0", "\u200b", "1)", "1.",
         "http", "www.x.org", "HTML", "note", "===", "v1.2", "it's", '"q"', "...", "-", "--", "🙂")
INLINE = (
    "*", "**", "***", "_", "__", "___", "~", "~~", "~~~", "`", "``", "```", "\\", "\\*", "\\_", "\\`", "\\[", "\\]", "\\\\", "\\<", "\\|",
    "[", "]", "![", "](", ")", "[]", "()", "](u)", '](u "t")', "](u 't')", '](u "t', "](u t)", "](<u>)", "](a(b)c)", "](a(b)", "]( u )",
    "[a](u)", "![a](u)", "[![a](u)](v)", "[a]", "[b][a]", "[a][]", "[A]", "[ a ]", "[^1]", "[^n]", "{.c}", "{#i}", "{#i .c .d}", "{.c",
    "{: .c}", "<", ">", "<b>", "</b>", "<b", "<br>", "<br />", "<a href='x'>", '<a href="x>y">', "<a href=x=y>", "<ab=c>", "<x1.5>",
    "<!-- c -->", "<!--", "-->", "<!-- a--b -->", "<http://x.y>", "<http://x y>", "<me@x.y>", "<mailto:me@x.y>", "<@>", "</", "<1>", "<?php ?>",
    "&", "&amp;", "&copy;", "&#1;", "&#x41;", "&nope;", "& ", "&;", "http://x.y/z", "https://x.y.", "HTTP://x.y/", "xhttp://y", "_http://y",
    "http://", "://", ":", "!", "\"", "'", "|", "\\|", "{", "}", "{{ x }}", "{% y %}", "{# z #}", "{{x}}", "{{ 'a*b_c' }}", "](&nbsp;)",
    "]({{ x }})", "[u]", "[/u]", "[u=1]", "[u a=\"b c\" d]", "[u /]", "[fa=cog /]", "[raw]", "[/raw]", "[under x]", "[u a=b/c]", "\\[u]",
    "  \n", " \n", "\n", "\\\n", "   \n", "\t", " ", "  ", "\x0b", "\x0c", "^", "==x==", "#", "=", "+",
)
STARTS = (
    "# ", "#", "## ", "###### ", "####### ", "#x #", "# x {#i}", "> ", ">", "> > ", ">>", "- ", "* ", "+ ", "-", "*", "-  ", "-\t", "1. ", "3. ",
    "1.", "1) ", "01. ", "10. ", "-   - ", "- 1. ", "- > ", "> - ", "- # ", "    ", "  ", " ", "   ", "\t", "      ", "- \t", "```", "```js", "``` a b",
    "~~~", "````", "```js`", "---", "***", "___", "- - -", "* * *", "--- ", "===", "=", "-", "== ", "= =", "|", "a|b", "|a|b|", "|-|-|", "-|-",
    ":-:|-:", "|:-|", "| - | - |", "|-", "||", "|a||b|", "a \\| b|`c|d`", "<div>", "</div>", "<div", "<div>x", "<div>x</div>", "</div> y",
    "<div><div>", "<p>", "</p>", "<p>x</p><p>y</p>", "<pre>", "</pre>", "<hr>", "<hr />", "<hr/> x", "<img src=x>", "<img src=x/>", "<x-y>",
    "</x-y>", "<DIV>", "</DIV>  ", "<span>", "<b>x", "<table><tr><td>", "</td></tr></table>", "<p markdown=\"1\">", "<div markdown=\"1\">",
    "<div markdown=1>", "<div markdown='1' class=c>", "<script>", "</script>", "<style>", "<!--", "-->", "<!-- x -->", "<!-- x --> y", "<!--x",
    "<iframe src=\"{{ u }}\">", "</iframe>", "[a]: u", "[a]: u \"t\"", "[a]: <u> (t)", "[A]:u", "  [a]: u 't' ", "[^1]: note", "[^n]: note",
    "[^1]:", "*[HTML]: Hyper *x*", "*[HTML]:", "*[a]: b", ": d", ":d", ":   d", ":", "! n", "!! n", "!!! n", "!!!!! n", "!n", "! ", "[u]", "[/u]",
    "[u a=b]", "[under construction]", "  [u]  ", "[u] x", "[u][/u]", "[raw]", "[/raw]", "[center]", "[/center]", "{{ x }}", "{% if x %}", "{ a",
    "{{ x }} y", "{#c#}", "{%%}", "{}", "===", "+++",
)
ENDS = ("\n", "\n", "\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "\n    \n", "  \n", " \n", "\\\n", "\r\n", "\r", "\n\t\n", "")

SHORTCODES = frozenset(("u", "fa", "center", "raw", "color", "ui-tabs"))
NOTICES = ("yellow", "red", "blue", "green")
DIALECTS = (
    Dialect(), Dialect(), Dialect(extra=True), Dialect(extra=True), Dialect(auto_line_breaks=True),
    Dialect(auto_url_links=True), Dialect(escape_markup=True), Dialect(special_chars=(("<", "lt"), (">", "gt"), ('"', "quot"))),
    Dialect(notices=NOTICES), Dialect(shortcodes=SHORTCODES), Dialect(extra=True, auto_url_links=True, notices=NOTICES, shortcodes=SHORTCODES),
    Dialect(twig=True, shortcodes=SHORTCODES), Dialect(extra=True, twig=True, auto_line_breaks=True),
)


def document(random: Random) -> str:
    """A document of a few lines."""
    return "".join(_line(random) for _ in range(random.randint(1, random.choice((2, 4, 8, 14)))))


def _line(random: Random) -> str:
    parts = []
    if random.random() < 0.25:
        parts.append(random.choice((" ", "  ", "   ", "    ", "     ", "\t")))
    for _ in range(random.choice((0, 1, 1, 1, 2))):
        parts.append(random.choice(STARTS))
        if random.random() < 0.2:
            parts.append(" ")
    for _ in range(random.choice((0, 0, 1, 2, 4, 8))):
        parts.append(random.choice(INLINE if random.random() < 0.6 else WORDS))
    return "".join(parts) + random.choice(ENDS)


ALPHABETS = (
    ("*", "*", "**", "_", "_", "__", "a", "b", " ", "\\", "\n", ".", "é"), ("`", "``", "```", "a", " ", "\\", "\n", "~", "*"),
    ("[", "]", "(", ")", "!", "a", "\\", " ", "\"", "'", "<", ">", "\n", "![", "](", "]: ", "[a]: b\n"),
    ("<", ">", "/", "a", "b", "=", "\"", "'", " ", "-", "!", "\n", "br", "div", "--", ":", "@", "."),
    ("-", "- ", "* ", "1. ", "+ ", " ", "  ", "    ", "\n", "\n", "\n\n", "a", ">", "#", "[a]: b"),
    (">", "> ", " ", "\n", "\n", "\n\n", "a", "- ", "    ", "```\n", "# ", "<div>\n"),
    ("|", "|", "-", "-", ":", " ", "a", "`", "\\", "\n", "\n", "\n|-|-|\n", "**"), ("a", "=", "-", " ", "\n", "\n", "#", "*", "\t", "_"),
    ("<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "\n", "\n\n", "a", "*a*", "<div markdown=\"1\">", "<li>", "<hr>", "<br>", " ", "    "),
    ("[", "]", "/", "u", "u", " ", "=", "\"", "a", "\\", "\n", "\n\n", "[u]", "[/u]", "`", "<b>", "<!--"),
    ("{", "}", "{{", "}}", "{%", "%}", "{#", "#}", "a", " ", "\"", "'", "*", "`", "\n", "\t", "[", "](", ")", "<"),
    ("http", "s", ":", "//", "a", ".", "_", "<", ">", " ", "*", "(", ")", "\n", "é", "HTTP", "&", "[", "]"),
    ("&", "#", ";", "a", "amp", "1", "x", " ", "<", ">", "\"", "\\", "\n", "é", "`"),
    ("[^1]", "[^1]:", " ", "\n", "\n\n", "    ", "a", "*[a]: b\n", ": ", "[^2]: a\n", "{.c}", "{#i}", "#", "- "),
    ("! ", "!! ", "!!!!! ", "!", "a", "\n", "\n", "\n\n", "> ", "- ", " ", "    ", "```\n"),
    ("~~", "~", "a", " ", "\n", "\\", "*", "~~~\n", "`"),
)


def soup(random: Random) -> str:
    """Marks of one kind in any order: what no one would write."""
    return "".join(random.choices(random.choice(ALPHABETS), k=random.choice((4, 8, 16, 30, 60))))


def nest(random: Random, depth: int = 0) -> str:
    """Blocks within blocks, indented more or less as they should be."""
    blocks = []
    for _ in range(random.randint(1, 3)):
        if depth < 4 and random.random() < 0.6:
            mark = random.choice(("- ", "* ", "1. ", "> ", "-   ", "10. ", "> > ", "+\t", ": ", "[^1]: ", "! "))
            blocks.append(_behind(random, mark, nest(random, depth + 1)))
        else:
            blocks.append("".join(_line(random) for _ in range(random.randint(1, 3))))
    return random.choice(("", "\n", "\n\n")).join(blocks)


def _behind(random: Random, mark: str, text: str) -> str:
    """`text` behind a mark; some of its lines have lost their indentation, or got another."""
    first, *others = text.split("\n")
    quoting = mark[0] in ">!"
    usual = mark if quoting else " " * len(mark)
    lines = [random.choice((usual, usual, usual, usual, "", " ", "    ", mark)) + line if line or quoting else line
             for line in others]
    return "\n".join((mark + first, *lines)) + "\n"


def splice(random: Random, bodies: Sequence[str]) -> str:
    """Lines from several real pages, shuffled together, some doubled, some with another's start."""
    lines = []
    for _ in range(random.randint(2, 5)):
        body = random.choice(bodies).split("\n")
        start = random.randrange(len(body))
        lines += body[start:start + random.randint(1, 6)]
    if random.random() < 0.5:
        random.shuffle(lines)
    return "\n".join(random.choice(("", "", "", "", " ", "    ", "> ", "- ", "\n")) + line for line in lines)


def mutation(random: Random, bodies: Sequence[str]) -> str:
    """A piece of a real page with something cut, moved, doubled or put in."""
    body = random.choice(bodies)
    size = random.choice((200, 800, 3000))
    start = random.randrange(max(1, len(body) - size))
    text = body[start:start + size]
    for _ in range(random.randint(1, 6)):
        at, end = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
        end = min(end, at + random.choice((1, 3, 10, 60)))
        what = random.random()
        if what < 0.3:
            text = text[:at] + text[end:]
        elif what < 0.75:
            text = text[:at] + random.choice((INLINE, STARTS, ENDS)[random.randrange(3)]) + text[at:]
        elif what < 0.85:
            text = text[:end] + text[at:]
        else:
            place = random.randint(0, len(text))
            text = text[:place] + text[at:end] + text[place:]
    return text


KINDS: tuple[Callable[..., str], ...] = (document, soup, nest, mutation, splice)


def texts(random: Random, bodies: Sequence[str], chosen: Sequence[Dialect] = DIALECTS) -> Iterator[tuple[str, Dialect]]:
    """Texts of all kinds without end, each with a dialect; `bodies` are real pages, if there are any."""
    kinds = KINDS if bodies else KINDS[:3]
    while True:
        kind = random.choice(kinds)
        text = kind(random, bodies) if kind in (mutation, splice) else kind(random)
        yield text, random.choice(chosen)


def lines() -> st.SearchStrategy[str]:
    """One line of a generated document, for Hypothesis."""
    inline = st.lists(st.sampled_from(INLINE) | st.sampled_from(WORDS), max_size=8).map("".join)
    start = st.sampled_from(("", " ", "    ", *STARTS)) | st.tuples(*[st.sampled_from(STARTS)] * 2).map("".join)
    return st.tuples(start, inline, st.sampled_from(ENDS)).map("".join)


def documents() -> st.SearchStrategy[str]:
    """Generated documents, for Hypothesis."""
    return st.lists(lines(), min_size=1, max_size=10).map("".join)


def dialects() -> st.SearchStrategy[Dialect]:
    """All switches in the combinations that matter."""
    return st.sampled_from(DIALECTS)
