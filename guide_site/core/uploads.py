"""Files that people send with a form: in memory, and no more of them than is of use."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from guide_site.core.pictures.encoding import MAX_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """Keeps the bytes of a picture of the largest size and one more; the rest is thrown away.

    So a file that is too large can be told from one that is not, and fills no disk.
    """

    chunk_size = 64 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a part of the file."""
        self.file.write(raw_data[: MAX_BYTES + 1 - self.file.tell()])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file as the form gets it."""
        size = self.file.tell()
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
