"""A profile of Hypothesis for mutation testing, as a plugin of pytest: failures are not made smaller.

To find the shortest one takes seconds each time, which nobody reads here; without a memory and with the same seed the
same change always has the same result.
"""

from __future__ import annotations

from hypothesis import Phase, settings

settings.register_profile("mutation", settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate))
