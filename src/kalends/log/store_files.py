"""The names of the files in which a store keeps the log, in the folder of the journal."""

DATABASE = "kalends.db"
# The database, what SQLite keeps beside it, and the lock of whoever appends.
STORE_FILES = tuple(DATABASE + ending for ending in ("", "-journal", "-wal", "-shm", ".lock"))
