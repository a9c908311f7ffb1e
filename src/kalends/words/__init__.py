"""What the program says, in both languages."""

from kalends.words.catalogue import Message, Words, words
from kalends.words.system import complaint

__all__ = ["Message", "Words", "complaint", "words"]
