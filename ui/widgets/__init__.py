"""Widgets that several pages share. Texts are given as `Words`, so that they follow a change of language."""
