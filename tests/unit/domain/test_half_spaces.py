"""Persian's half-spaces are letters to its readers: nothing takes them away from what people write."""

import pytest

from appliance.domain.text import clean_field, clean_text, preview

WANT = "می\u200cخواهم نامه\u200cها را ببینم"


@pytest.mark.parametrize("text", [WANT, "क्\u200dष", "👩\u200d👩\u200d👧"])
def test_joiners_stay_where_they_were_written(text: str) -> None:
    assert clean_text(text) == text
    assert clean_field(text, "name", 80) == text
    assert text in preview(text)
