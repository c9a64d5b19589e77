"""What is handed over when a document is made public: the inspectors' questions with their answers (公开前自查表)."""

from enum import Enum
from typing import NamedTuple


class Answered(Enum):
    """How a question of the list is answered."""

    YES = "是"
    NO = "否"
    LOOK = "须核对"
    PERSON = "由人填写"
    UNABLE = "无法检查"
    NOT_HERE = "不适用"


class Reply(NamedTuple):
    """A line of the list: its ``aspect`` (及时、完整、细化、方式、真实), the question, the answer and what it rests on; ``left`` is what a person does."""

    aspect: str
    question: str
    answer: Answered
    basis: str
    left: str = ""


BASIS = "《预算法》第十四条、《地方预决算公开操作规程》（财预〔2016〕143号）"
"""What the questions are asked by; the wording of each is ours."""
