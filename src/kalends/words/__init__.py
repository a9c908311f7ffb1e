"""What the program says, in both languages."""

from kalends.words.catalogue import Message, Words, words
from kalends.words.system import os_error_message

__all__ = ["Message", "Words", "os_error_message", "words"]
