"""The figures of the campaign, each as a picture and as its table."""

from kalends.domain.errors import N_
from kalends.presentation import report_shapes, report_text
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.pictures import worth_drawing


def figures(reader: Reader) -> Page:
    """Return activities by week and department, late records and corrections."""
    report = reader.record.report(reader.wanted)
    words = reader.words
    late = words.say(
        N_("Late is what was recorded more than {days} days after it happened."), days=report.days
    )
    return Page(
        path="/figures",
        title=words.gettext(N_("Figures")),
        template="figures.html",
        wide=True,
        facts={
            "filters": True,
            "summary": report_text.summary(words, report),
            "silent": report_text.silent(words, report),
            "late": late,
            "columns": [words.gettext(name) for name in report_shapes.FIGURES.values()],
            "tables": report_text.tables(words, report),
            "pictures": [reader.picture(name) for name in worth_drawing(report)],
        },
        data=lambda: report_shapes.report_shape(report),
    )
