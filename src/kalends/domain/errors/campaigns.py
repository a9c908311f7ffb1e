"""The settings of the campaign, and the clock that stamps what is recorded."""

from kalends.domain.errors.base import N_, RefusedError, UnclearError


class CampaignError(RefusedError):
    """A setting of the campaign that is not allowed."""

    code = "bad-campaign"
    message = N_("The campaign cannot have this {field}: {value}.")
    hint = N_("Write it like this: {form}.")


class ClockError(RefusedError):
    """The machine's clock is behind the record."""

    code = "clock-behind"
    message = N_("This machine's clock says {now}, but the record already reaches {last}.")
    hint = N_(
        "Nothing was recorded. If the clock is wrong, correct it and try again. If it is "
        "right now but was ahead before, record that first."
    )


class ClockAheadError(UnclearError):
    """The machine's clock is far ahead of everything that shows the time."""

    code = "clock-ahead"
    message = N_(
        "This machine's clock says {now}, but the newest event was recorded at {last}, and no"
        " file here is newer than {newest}."
    )
    hint = N_("If the clock is right, confirm it. If not, correct it first.")


class ClockUnlikelyError(UnclearError):
    """The clock is far from when Kalends was installed, and there is no record to compare."""

    code = "clock-unlikely"
    message = N_("This machine's clock says {now}, but Kalends was installed here on {installed}.")
    hint = ClockAheadError.hint


class ClockBeforeError(UnclearError):
    """The clock is earlier than everything recorded."""

    code = "clock-before"
    message = N_("This machine's clock says {now}; every event was recorded later than that.")
    hint = ClockAheadError.hint
