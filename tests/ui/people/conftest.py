"""The offices of the advisors' pages, for the page of a person."""

from tests.ui.coaching.conftest import my_day, office, office_template, people_page

__all__ = ["my_day", "office", "office_template", "people_page"]
