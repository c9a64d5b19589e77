"""How a number came about, in words. Terminal, page and comments each lay them out; none has words of its own."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.model.explanation import Explanation, Kind, Value
from generator.model.figure import Change, Fact, Figure, Mover, Numeric, Share
from generator.model.ledger import LedgerLine
from generator.model.money import Money, Scale

_FIXED = {
    Kind.FACT: "部门填报的数，台账里没有",
    Kind.NOTHING: "台账里没有这样的行",
    Kind.OWN: "部门自己的话，程序照印，不计算",
    Kind.CODE: "编码，不是金额",
    Kind.YEAR: "年度，不是金额",
    Kind.ORDINAL: "序号，由程序编",
    Kind.FORMAT: "写在格式方案里，程序照印，不计算",
    Kind.CONTROL: "财政批复的数",
    Kind.TYPED: "填写的内容",
}


class Story(NamedTuple):
    """A derived number told: ``how`` in sentences without a full stop, ``lines`` of this year's ledger behind it.

    ``value`` is None for a share of nothing.
    """

    kind: str
    name: str
    value: Money | Decimal | int | None
    how: tuple[str, ...]
    lines: tuple[LedgerLine, ...] = ()


def story(numeric: Numeric) -> Story:
    """What stands behind a number that keeps what it was derived from."""
    match numeric:
        case Figure():
            return Story("合计", numeric.key, numeric.money, (_summed_to(numeric),), numeric.lines)
        case Share():
            return _share(numeric)
        case Change():
            return Story("比上年", numeric.current.key, numeric.delta, tuple(_change(numeric)), numeric.current.lines)
        case Mover():
            return Story("变动", numeric.name, numeric.delta, (_mover(numeric),), numeric.lines)
        case Fact():
            return Story("填报", numeric.key, numeric.value, tuple(_fact(numeric)))


def how(explanation: Explanation) -> str:
    """How it is computed, in one sentence; what it comes to and what its parts are is not repeated."""
    kind, parts = explanation.kind, explanation.parts
    if kind is Kind.SUM:
        return _summed(len(explanation.typed))
    if kind is Kind.TOTAL:
        return _added(len(parts))
    if kind in _FIXED:
        return _FIXED[kind]
    first, second = (value_text(part.value) for part in parts)
    return _subtracted(first, second) if kind is Kind.DIFFERENCE else _divided(first, second)


def value_text(value: Value) -> str:
    """An amount or a percentage with its unit; a count, or words, as they are."""
    return f"{value:.2f}%" if isinstance(value, Decimal) else str(value)


def _summed(count: int) -> str:
    return f"台账{count}行相加" if count > 1 else "台账的1行" if count else "台账里没有这样的行，是0"


def _added(count: int) -> str:
    return f"填报的{count}项相加"


def _subtracted(now: str, before: str) -> str:
    return f"本年{now} − 上年{before}"


def _divided(part: str, whole: str) -> str:
    return f"{part} ÷ {whole}"


def _equation(left: str, value: Value) -> str:
    """Before a negative number the sign that stands between two numbers."""
    return f"{left} = {value_text(value).replace('-', '−')}"


def _summed_to(figure: Figure) -> str:
    count = len(figure.lines)
    return _summed(count) + (f"，{'得' if count > 1 else '是'}{figure.money}" if count else "")


def _share(share: Share) -> Story:
    part, whole = (f"{figure.key}{figure.money}" for figure in (share.part, share.whole))
    percent = "整体是0，不算占比" if share.percent is None else share.percent
    sentences = (_equation(_divided(part, whole), percent), "四舍五入到两位小数；各项之和调整为100.00%")
    return Story("占比", f"{share.part.key}占{share.whole.key}", share.percent, sentences, share.part.lines)


def _change(change: Change) -> Iterator[str]:
    before = str(change.prior_money)
    yield _equation(_subtracted(str(change.current.money), before), change.delta)
    yield f"{change.basis.printed}是{_prior(change.prior)}"
    if change.rate is not None:
        yield _equation(
            _divided(str(abs(change.delta)), f"{change.basis.printed.removesuffix('数')}{before}"), change.rate
        )
    if change.reason is not None:
        yield f"原因写在 {change.reason.position.file_and_line}"
    elif change.draft is not None:
        yield "原因没有填写，印的是程序起草的话"


def _prior(prior: Fact | Figure) -> str:
    if isinstance(prior, Figure):
        return f"上年{_summed(len(prior.lines))}"
    if prior.parts:
        return f"{_added(len(prior.parts))}：{'、'.join(part.key for part in prior.parts)}"
    return f"填报的{_typed_at(prior)}"


def _mover(mover: Mover) -> str:
    if not mover.before:
        return _summed_to(Figure(mover.delta, mover.lines))
    now, before = (str(_total(lines, mover.delta.scale)) for lines in (mover.lines, mover.before))
    return _equation(_subtracted(now, before), mover.delta)


def _total(lines: tuple[LedgerLine, ...], scale: Scale) -> Money:
    return Money.total((line.money for line in lines), scale)


def _fact(fact: Fact) -> Iterator[str]:
    amount = value_text(fact.value)
    if not fact.parts:
        yield f"填报的数{amount}{_typed_at(fact)}"
        return
    yield f"{_added(len(fact.parts))}，得{amount}"
    for part in fact.parts:
        yield f"{part.key.rpartition('.')[2]} {value_text(part.value)}{_typed_at(part)}"


def _typed_at(fact: Fact) -> str:
    return f"（{fact.position.file_and_line}）" if fact.position else ""
