"""How many examples a property test tries: few in the suite, many in `make fuzz`.

A test that guards a promise carries `@pytest.mark.fuzz`, and `make fuzz` runs it. Without more it
tries what the profile says. One whose examples are dear, or that tries another number in the suite,
adds `@examples(…)`; a state machine takes `settings=examples(…)`.
"""

from hypothesis import settings


def examples(usual=200, nightly=10_000, **options):
    """Settings of a property test.

    usual     number of examples in the suite
    nightly   the same in `make fuzz`; fewer where one example does much, such as a state machine
    options   further arguments of `hypothesis.settings`
    """
    is_nightly = settings.get_current_profile_name() == "nightly"
    return settings(max_examples=nightly if is_nightly else usual, **options)
