"""What the operating system says when it fails, so that the catalogue can translate it."""

from kalends.words.catalogue import Message

SENTENCES = (
    Message("No such file or directory"),
    Message("Permission denied"),
    Message("Operation not permitted"),
    Message("Is a directory"),
    Message("Not a directory"),
    Message("File exists"),
    Message("File too large"),
    Message("No space left on device"),
    Message("Read-only file system"),
    Message("Input/output error"),
    Message("Connection refused"),
    Message("Connection reset by peer"),
    Message("Connection timed out"),
    Message("timed out"),
    Message("Name or service not known"),
    Message("Temporary failure in name resolution"),
    Message("Network is unreachable"),
    Message("No route to host"),
    Message("Remote end closed connection without response"),
)


def os_error_message(error: OSError) -> Message:
    """Return what the system says, without numbers and paths, for the catalogue to translate."""
    return Message(error.strerror or str(error))
