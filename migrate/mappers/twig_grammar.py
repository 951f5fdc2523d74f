"""The grammar of Twig's expressions: from text to a small tree. Twig 1: ExpressionParser.php, Lexer.php."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
        |(?P<word>(?:not\s+in|starts\s+with|ends\s+with|is\s+not|b-and|b-or|b-xor)\b|[A-Za-z_]\w*)
        |(?P<sign>\?\?|\?:|\*\*|\.\.|//|==|!=|<=|>=|[-+*/%~<>|.,:?()\[\]{}=]))""", re.VERBOSE | re.DOTALL)
_BINARY = {"??": 5, "or": 10, "and": 15, "==": 20, "!=": 20, "<": 20, ">": 20, "<=": 20, ">=": 20, "in": 20,
           "not in": 20, "matches": 20, "starts with": 20, "ends with": 20, "..": 25, "+": 30, "-": 30, "~": 40,
           "*": 60, "/": 60, "//": 60, "%": 60, "is": 100, "is not": 100, "**": 200}
_UNARY = {"not": 50, "-": 500, "+": 500}
_WORDS = {"true": True, "false": False, "null": None, "none": None, "TRUE": True, "FALSE": False, "NULL": None,
          "True": True, "False": False}
_TWO_WORD_TESTS = {"divisible": "by", "same": "as"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_DEEPEST = 60


class TwigSyntaxError(ValueError):
    """The text is no expression of Twig."""


class Literal(NamedTuple):
    """A text, number, true, false or null."""

    value: Any


class Name(NamedTuple):
    """A variable."""

    name: str


class Attribute(NamedTuple):
    """`of.name`, or `of.name(arguments)`."""

    of: Any
    name: str
    arguments: tuple[Any, ...] | None


class Index(NamedTuple):
    """`of[key]`."""

    of: Any
    key: Any


class Array(NamedTuple):
    """`[a, b]`."""

    items: tuple[Any, ...]


class Pairs(NamedTuple):
    """`{a: b}`."""

    items: tuple[tuple[Any, Any], ...]


class Operation(NamedTuple):
    """An operator with one or two operands."""

    sign: str
    operands: tuple[Any, ...]


class Choice(NamedTuple):
    """`test ? first : second`; `first` None in `test ?: second`."""

    test: Any
    first: Any
    second: Any


class Filter(NamedTuple):
    """`of|name(arguments)`."""

    of: Any
    name: str
    arguments: tuple[Any, ...]


class Call(NamedTuple):
    """`name(arguments)`; `named` are those that are given by name."""

    name: str
    arguments: tuple[Any, ...]


class Test(NamedTuple):
    """`of is name(arguments)`."""

    of: Any
    name: str
    arguments: tuple[Any, ...]


@lru_cache(maxsize=1024)
def read_expression(text: str) -> Any:
    """The tree of an expression; raises TwigSyntaxError."""
    tokens, place = [], 0
    text = text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise TwigSyntaxError(text)
        kind = match.lastgroup
        tokens.append((kind, " ".join(match[kind].split()) if kind == "word" else match[kind]))
        place = match.end()
    reader = _Reader(tokens)
    tree = reader.expression()
    reader.end()
    return tree


def unquoted(text: str) -> str:
    """What a quoted text says (PHP: stripcslashes)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPES.get(match[2], match[2]),
                        text[1:-1])


class _Reader:
    """Reads the tokens of one expression from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        at = self.place + ahead
        return self.tokens[at] if at < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.place += 1
        return token

    def sign(self, *signs: str) -> bool:
        if self.peek()[0] != "string" and self.peek()[1] in signs:
            self.place += 1
            return True
        return False

    def need(self, sign: str) -> None:
        if not self.sign(sign):
            raise TwigSyntaxError(f"expected {sign}")

    def end(self) -> None:
        if self.peek()[0] != "end":
            raise TwigSyntaxError(self.peek()[1])

    def expression(self, least: int = 0) -> Any:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise TwigSyntaxError("too deep")
        left = self.unary()
        while (level := self.level()) >= max(least, 1):
            sign = self.take()[1]
            left = self.tested(left, sign) if sign in ("is", "is not") else Operation(
                sign, (left, self.expression(level if sign == "**" else level + 1)))
        self.depth -= 1
        return self.choice(left) if least == 0 else left

    def level(self) -> int:
        kind, text = self.peek()
        return 0 if kind in ("string", "number", "end") else _BINARY.get(text, 0)

    def choice(self, left: Any) -> Any:
        if self.sign("?:"):
            return Choice(left, None, self.expression())
        if not self.sign("?"):
            return left
        if self.sign(":"):
            return Choice(left, None, self.expression())
        first = self.expression()
        return Choice(left, first, self.expression() if self.sign(":") else Literal(""))

    def tested(self, left: Any, sign: str) -> Any:
        kind, name = self.take()
        if kind != "word":
            raise TwigSyntaxError("a test has no name")
        if self.peek()[1] == _TWO_WORD_TESTS.get(name):
            self.place += 1
        arguments = self.arguments() if self.sign("(") else ()
        test = Test(left, name, arguments)
        return Operation("not", (test,)) if sign == "is not" else test

    def unary(self) -> Any:
        kind, text = self.peek()
        if kind in ("word", "sign") and text in _UNARY:
            self.place += 1
            return Operation("not" if text == "not" else f"unary {text}", (self.expression(_UNARY[text]),))
        return self.postfix(self.primary())

    def primary(self) -> Any:
        kind, text = self.take()
        if kind == "number":
            return Literal(float(text) if "." in text or len(text) > 18 else int(text))
        if kind == "string":
            return Literal(unquoted(text))
        if kind == "word":
            if text in _WORDS:
                return Literal(_WORDS[text])
            return Call(text, self.arguments()) if self.sign("(") else Name(text)
        if text == "(":
            inner = self.expression()
            self.need(")")
            return inner
        if text == "[":
            return Array(self.list("]"))
        if text == "{":
            return Pairs(self.pairs())
        raise TwigSyntaxError(text)

    def postfix(self, of: Any) -> Any:
        while True:
            if self.sign("."):
                of = self.attribute(of)
            elif self.sign("["):
                of = Index(of, self.expression())
                self.need("]")
            elif self.sign("|"):
                of = Filter(of, self.take()[1], self.arguments() if self.sign("(") else ())
            else:
                return of

    def attribute(self, of: Any) -> Any:
        kind, name = self.take()
        if kind not in ("word", "number"):
            raise TwigSyntaxError("an attribute has no name")
        return Attribute(of, name, self.arguments() if self.sign("(") else None)

    def arguments(self) -> tuple[Any, ...]:
        """Arguments up to the closing bracket; the names of named ones do not matter to what is known here."""
        return self.list(")")

    def list(self, closing: str) -> tuple[Any, ...]:
        items = []
        while not self.sign(closing):
            if self.peek()[0] == "word" and self.peek(1)[1] == "=":
                self.place += 2
            items.append(self.expression())
            if not self.sign(","):
                self.need(closing)
                break
        return tuple(items)

    def pairs(self) -> tuple[tuple[Any, Any], ...]:
        items = []
        while not self.sign("}"):
            kind, text = self.peek()
            if kind == "sign" and text == "(":
                key = self.primary()
            else:
                self.place += 1
                key = Literal(unquoted(text) if kind == "string" else text)
            self.need(":")
            items.append((key, self.expression()))
            if not self.sign(","):
                self.need("}")
                break
        return tuple(items)
