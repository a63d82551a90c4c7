"""The offices of the advisors' pages, for the page of a person."""

from tests.ui.coaching.conftest import office, office_template, people_page

__all__ = ["office", "office_template", "people_page"]
