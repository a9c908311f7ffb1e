"""SHA-256, loaded as lightly as `random` of the standard library loads its own hash.

`hashlib` loads OpenSSL, which takes a fiftieth of the time of `kalends add`. For many large inputs
OpenSSL is the faster one: whoever hashes those takes it from there.
"""

from typing import TYPE_CHECKING

__all__ = ["sha256"]

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256  # from Python 3.12 on
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:  # an interpreter that was built without a hash of its own
            from hashlib import sha256
