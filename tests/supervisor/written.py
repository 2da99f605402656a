"""Where sentences of an `EdgeLog` go in tests."""

from __future__ import annotations


class Written(list[str]):
    """The sentences that were written, while it `takes` any."""

    takes = True

    def write(self, sentence: str) -> bool:
        """Write one more; returns whether that could be."""
        if self.takes:
            self.append(sentence)
        return self.takes
