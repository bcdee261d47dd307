"""What reading a damaged archive raises: the modules that unpack one have each their own kinds."""

import lzma
import zipfile
import zlib

# ValueError: sizes and offsets that lead out of the file, and names in no encoding. OSError is what
# bz2 raises, and gzip of a foreign beginning; where a disk may fail too, that is told apart by who
# reads. NotImplementedError: a way of packing that Python has not.
DAMAGED_ARCHIVE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    NotImplementedError,
)
