"""What Twig's expressions are worth, and how values are printed (Twig 1 under PHP, with Grav's environment).

Grav sets Twig so that an unknown variable, function or filter prints nothing. A name that neither Twig nor Grav knows
is therefore empty, unless a plug-in or the theme gives it: such names are gathered for a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, Protocol, runtime_checkable

from migrate.mappers.twig_grammar import (
    Array,
    Attribute,
    Call,
    Choice,
    Filter,
    Index,
    Literal,
    Name,
    Operation,
    Pairs,
    Test,
)
from migrate.mappers.twig_library import (
    FILTERS,
    FUNCTIONS,
    GRAV_FILTERS,
    GRAV_FUNCTIONS,
    GRAV_NAMES,
    LARGEST,
    SAFE_FILTERS,
    TESTS,
    UNPRINTED_FUNCTIONS,
    UnknownError,
    printed,
    truth,
)

NOT_KNOWN = object()
"""The value of a variable that is set by something which nobody could work out."""

_LONGEST = 1000
_MOST_ITEMS = 10_000
_BOUND = 10**12


@runtime_checkable
class Thing(Protocol):
    """An object of Grav: a page, its files, one file."""

    def attribute(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """A property, or what the method of this name gives; raises UnknownError."""

    def item(self, key: str) -> Any:
        """`thing[key]`; raises UnknownError."""


class Evaluator:
    """Works expressions out with the variables of one page. `missing`: names that nobody knows, in order.

    The variable without a name is False on a site that has Twig's escaping off.
    """

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.variables: dict[str, Any] = dict(context)
        self.escaping = context.get("") is not False
        self.missing: list[str] = []
        self._work: dict[type, Callable[[Any], Any]] = {
            Literal: lambda node: node.value, Name: self._name, Attribute: self._attribute, Index: self._index,
            Array: lambda node: [self.value(item) for item in node.items],
            Pairs: lambda node: {self._key(self.value(key)): self.value(item) for key, item in node.items},
            Operation: self._operation, Choice: self._choice, Filter: self._filter, Call: self._call, Test: self._test,
        }

    def value(self, node: Any) -> Any:
        """The value of an expression; raises UnknownError where only the real site could tell."""
        value = self._work[type(node)](node)
        if (isinstance(value, str) and len(value) > LARGEST) or (
                isinstance(value, list | Mapping) and weight(value) > _MOST_ITEMS):
            raise UnknownError("too large")
        return value

    def shown(self, node: Any) -> str:
        """What `{{ … }}` prints: texts that come from variables are escaped for HTML, literals are not."""
        text = printed(self.value(node))
        return text if not self.escaping or _is_safe(node) else escape(text).replace("&#x27;", "&#039;")

    @staticmethod
    def _key(value: Any) -> str:
        return printed(value)

    def _name(self, node: Name) -> Any:
        value = self.variables.get(node.name, self)
        if value is NOT_KNOWN:
            raise UnknownError(node.name)
        if value is not self:
            return value
        if node.name in GRAV_NAMES:
            raise UnknownError(node.name)
        self._miss(node.name)
        return None

    def _not_there(self, name: str, known: frozenset[str]) -> None:
        """Nothing, as Grav prints for a name that nobody has; raises UnknownError for a name of Grav's own."""
        if name.removesuffix("()") in known:
            raise UnknownError(name)
        self._miss(name)

    def _miss(self, name: str) -> None:
        if name not in self.missing:
            self.missing.append(name)

    def _attribute(self, node: Attribute) -> Any:
        of = self.value(node.of)
        arguments = tuple(self.value(item) for item in node.arguments or ())
        if isinstance(of, Thing):
            return of.attribute(node.name, arguments)
        return self._item(of, node.name)

    def _index(self, node: Index) -> Any:
        of, key = self.value(node.of), self.value(node.key)
        return of.item(printed(key)) if isinstance(of, Thing) else self._item(of, key)

    def _item(self, of: Any, key: Any) -> Any:
        if isinstance(of, Mapping):
            return of.get(key, of.get(printed(key)))
        if isinstance(of, list) and printed(key).lstrip("-").isdecimal():
            number = int(printed(key))
            return of[number] if 0 <= number < len(of) else None
        return None

    def _choice(self, node: Choice) -> Any:
        test = self.value(node.test)
        if node.first is None:
            return test if truth(test) else self.value(node.second)
        return self.value(node.first if truth(test) else node.second)

    def _operation(self, node: Operation) -> Any:
        sign = node.sign
        if sign == "not":
            return not truth(self.value(node.operands[0]))
        if sign.startswith("unary"):
            number = _number(self.value(node.operands[0]))
            return -number if sign.endswith("-") else number
        left = self.value(node.operands[0])
        if sign in ("and", "or"):
            decided = truth(left) is (sign == "or")
            return truth(left) if decided else truth(self.value(node.operands[1]))
        if sign == "??":
            return left if left is not None else self.value(node.operands[1])
        work = _OPERATORS.get(sign)
        if work is None:
            raise UnknownError(sign)
        return work(left, self.value(node.operands[1]))

    def _filter(self, node: Filter) -> Any:
        work = FILTERS.get(node.name)
        if node.name == "default":
            value = self._forgiven(node.of)
            return value if value not in (None, "", [], {}, False) else (
                self.value(node.arguments[0]) if node.arguments else "")
        if work is None:
            return self._not_there(node.name, GRAV_FILTERS)
        return _applied(work, self.value(node.of), *(self.value(item) for item in node.arguments))

    def _forgiven(self, node: Any) -> Any:
        """The value of what may be missing without a word."""
        before = len(self.missing)
        value = self.value(node)
        del self.missing[before:]
        return value

    def _call(self, node: Call) -> Any:
        if node.name in UNPRINTED_FUNCTIONS:
            return ""
        work = FUNCTIONS.get(node.name)
        if work is None:
            return self._not_there(f"{node.name}()", GRAV_FUNCTIONS)
        return _applied(work, *(self.value(item) for item in node.arguments))

    def _test(self, node: Test) -> Any:
        if node.name == "defined":
            return self._forgiven(node.of) is not None
        work = TESTS.get(node.name)
        if work is None:
            raise UnknownError(f"is {node.name}")
        return _applied(work, self.value(node.of), *(self.value(item) for item in node.arguments))


def weight(value: Any) -> int:
    """How many values a list holds, at all its levels; counting ends soon after the most that is dealt with."""
    count, waiting = 0, [value]
    while waiting and count <= _MOST_ITEMS:
        inner = waiting.pop()
        if isinstance(inner, list | Mapping):
            count += 1 + len(inner)
            waiting += [item for item in (inner.values() if isinstance(inner, Mapping) else inner)
                        if isinstance(item, list | Mapping)]
    return count


def _is_safe(node: Any) -> bool:
    """Whether Twig prints it without escaping it."""
    if isinstance(node, Filter):
        return node.name in SAFE_FILTERS
    if isinstance(node, Choice):
        return node.first is not None and _is_safe(node.first) and _is_safe(node.second)
    return isinstance(node, Literal)


def _applied(work: Callable[..., Any], *arguments: Any) -> Any:
    """Call it; what it cannot deal with is unknown, as PHP would warn and go on in its own way."""
    try:
        return work(*arguments)
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise UnknownError(str(error)) from error


def _number(value: Any) -> int | float:
    if value is None or isinstance(value, bool):
        return int(bool(value))
    if isinstance(value, int | float):
        return value
    try:
        return float(str(value)) if "." in str(value) else int(str(value))
    except ValueError as error:
        raise UnknownError(str(value)) from error


def _arithmetic(work: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def result(left: Any, right: Any) -> Any:
        first, second = _number(left), _number(right)
        if abs(first) > _BOUND or abs(second) > _BOUND:
            raise UnknownError("a number too large")
        try:
            value = work(first, second)
        except (ArithmeticError, OverflowError) as error:
            raise UnknownError(str(error)) from error
        return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < _BOUND else value
    return result


def _power(left: Any, right: Any) -> Any:
    if abs(right) > 64:
        raise ArithmeticError("too large")
    return left ** right


def spread(first: Any, last: Any, step: Any = 1) -> list[Any]:
    """`first..last`: numbers, or letters; never more than a thousand."""
    if isinstance(first, str) and isinstance(last, str) and len(first) == len(last) == 1 and first.isalpha():
        return [chr(code) for code in spread(ord(first), ord(last), step)]
    low, high, by = int(_number(first)), int(_number(last)), abs(int(_number(step))) or 1
    if abs(high - low) / by >= _LONGEST:
        raise UnknownError("a range too long")
    return list(range(low, high + 1, by) if low <= high else range(low, high - 1, -by))


def _equal(left: Any, right: Any) -> bool:
    """PHP's `==` for what Twig compares: null, booleans, numbers in texts."""
    if left is None or right is None or isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, list | Mapping) or isinstance(right, list | Mapping):
        return bool(left == right)
    return bool(left == right) or printed(left) == printed(right)


def _compared(work: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def result(left: Any, right: Any) -> bool:
        if isinstance(left, str) and isinstance(right, str):
            return work(left, right)
        return work(_number(left), _number(right))
    return result


def _contains(item: Any, where: Any) -> bool:
    if isinstance(where, str):
        return printed(item) in where
    if isinstance(where, Mapping):
        where = where.values()
    if isinstance(where, Iterable):
        return any(_equal(item, other) for other in where)
    return False


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": _arithmetic(lambda a, b: a + b), "-": _arithmetic(lambda a, b: a - b), "*": _arithmetic(lambda a, b: a * b),
    "/": _arithmetic(lambda a, b: a / b), "//": _arithmetic(lambda a, b: a // b),
    "%": _arithmetic(lambda a, b: abs(int(a)) % abs(int(b)) * (1 if a >= 0 else -1)), "**": _arithmetic(_power),
    "~": lambda a, b: printed(a) + printed(b), "..": spread,
    "==": _equal, "!=": lambda a, b: not _equal(a, b),
    "<": _compared(lambda a, b: a < b), ">": _compared(lambda a, b: a > b),
    "<=": _compared(lambda a, b: a <= b), ">=": _compared(lambda a, b: a >= b),
    "in": _contains, "not in": lambda a, b: not _contains(a, b),
    "starts with": lambda a, b: printed(a).startswith(printed(b)),
    "ends with": lambda a, b: printed(a).endswith(printed(b)),
}
