"""A case file's key that nobody reads is a mistake, and is said to be one."""

import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.errors import CaseError


def test_an_unknown_key_of_the_assessment_is_refused_by_name():
    with pytest.raises(CaseError, match="bset"):
        AssessmentSettings.from_case({"assessment": {"bset": "none"}})
