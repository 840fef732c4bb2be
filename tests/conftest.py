"""What holds for every test: no property fails because the machine is busy; time is measured in benchmarks/."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
