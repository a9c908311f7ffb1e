"""What the program says, in both languages."""

from kalends.words.catalogue import Message, Words, words

__all__ = ["Message", "Words", "words"]
