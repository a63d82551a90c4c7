"""The guide of the first start: one question a page, back always possible until the installation is made."""
