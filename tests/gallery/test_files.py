from __future__ import annotations

import errno

from viewer.gallery.files import why


def test_a_cause_in_another_language_is_quoted_letter_by_letter() -> None:
    assert why(OSError(errno.EIO, "İç hata")).startswith("the system says “İç hata”; check the name")
