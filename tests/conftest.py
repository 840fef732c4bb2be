"""What holds for every test: it comes out the same each time, and none fails because the machine is busy.

Properties are tried on the same examples in every run; `pytest --hypothesis-profile=searching` looks for new ones, as
`python -m tests.fuzz` does. Time is measured in benchmarks/.
"""

from hypothesis import HealthCheck, settings

_UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("same", derandomize=True, **_UNTIMED)
settings.register_profile("searching", derandomize=False, **_UNTIMED)
settings.load_profile("same")
