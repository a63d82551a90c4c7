"""Record-linkage packages that answer the same question, where they are installed: Splink and recordlinkage.

They get what is fair: names romanised where there is no Latin one, words of the name in two fields whose order is free,
dates and phones as text, rarity of values, and parameters learned from the data without truth. How each is set up
follows its own documentation.
"""

import importlib
import importlib.util
import logging
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from app.domain.people import NewPerson, Precision
from app.domain.recognition import fold_name
from tests.benchmarks.duplicates_data import Truth
from tests.benchmarks.recognition_peers import romanise_naively

Scored = Mapping[tuple[int, int], float]
Find = Callable[[Truth], tuple[Scored, float]]


def installed_peers() -> dict[str, Find]:
    """The programs that are there, by name."""
    known: dict[str, tuple[str, Find]] = {
        "Splink": ("splink", find_with_splink),
        "recordlinkage (ECM)": ("recordlinkage", find_with_recordlinkage),
    }
    return {name: find for name, (module, find) in known.items() if importlib.util.find_spec(module)}


def _table(truth: Truth) -> list[dict[str, Any]]:
    return [_row(place, record) for place, record in enumerate(truth.records)]


def _row(place: int, record: NewPerson) -> dict[str, Any]:
    words = (fold_name(record.name) if record.name else romanise_naively(record.name_ar)).split()
    full = record.birth is not None and record.birth.precision is Precision.DAY
    return {
        "unique_id": place,
        "first": words[0] if words else None,
        "last": " ".join(words[1:]) or None,
        "name": " ".join(sorted(words)),
        "born": record.birth.date.isoformat() if record.birth and full else None,
        "year": str(record.birth.year) if record.birth else None,
        "nationality": record.nationality or None,
        "sex": str(record.sex) or None,
        "phone": record.phones[0] if record.phones else None,
    }


def find_with_splink(truth: Truth) -> tuple[Scored, float]:
    """Splink on DuckDB: u by random sampling, m by expectation and maximisation over two blockings."""
    pandas, splink = importlib.import_module("pandas"), importlib.import_module("splink")
    library = importlib.import_module("splink.comparison_library")
    logging.getLogger("splink").setLevel(logging.ERROR)
    rows = _table(truth)
    begin = time.perf_counter()
    there = [column for column in ("nationality", "sex") if any(row[column] for row in rows)]
    block = splink.block_on
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            library.ForenameSurnameComparison("first", "last", forename_surname_concat_col_name="name"),
            library.DateOfBirthComparison("born", input_is_string=True),
            library.ExactMatch("year"),
            library.ExactMatch("phone").configure(term_frequency_adjustments=True),
            *(library.ExactMatch(column) for column in there),
        ],
        blocking_rules_to_generate_predictions=[
            block("phone"),
            block("born"),
            block("name"),
            block("first", "year"),
            block("last", "year"),
            block("first", "substr(last, 1, 3)"),
            block("last", "substr(first, 1, 3)"),
        ],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        api = splink.DuckDBAPI()
        linker = splink.Linker(api.register(pandas.DataFrame(rows)), settings, log_level=logging.ERROR)
        training = linker.training
        training.estimate_probability_two_random_records_match([block("name", "born"), block("name", "phone")], 0.5)
        training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in (block("name"), block("born")):
            training.estimate_parameters_using_expectation_maximisation(rule)
        found = linker.inference.predict(threshold_match_probability=0.4).as_pandas_dataframe()
    scored = {
        (min(one, other), max(one, other)): float(score)
        for one, other, score in zip(
            found["unique_id_l"], found["unique_id_r"], found["match_probability"], strict=True
        )
    }
    return scored, time.perf_counter() - begin


def find_with_recordlinkage(truth: Truth) -> tuple[Scored, float]:
    """The Python Record Linkage Toolkit: sorted neighbourhoods, Jaro-Winkler, and its unsupervised classifier (ECM)."""
    pandas, linkage = importlib.import_module("pandas"), importlib.import_module("recordlinkage")
    rows = _table(truth)
    begin = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pandas.DataFrame(rows).set_index("unique_id")
        index = linkage.Index()
        index.block("phone")
        index.block("born")
        index.sortedneighbourhood("name", window=9)
        index.block(["first", "year"])
        index.block(["last", "year"])
        pairs = index.index(frame)
        compare = linkage.Compare()
        compare.string("name", "name", method="jarowinkler", threshold=0.88)
        for column in ("born", "year", "phone", "nationality", "sex"):
            if frame[column].notna().any():
                compare.exact(column, column)
        features = compare.compute(pairs, frame)
        chances = linkage.ECMClassifier(binarize=0.5)
        chances.fit_predict(features)
        found = chances.prob(features)
    scored = {(min(pair), max(pair)): float(score) for pair, score in found.items() if score >= 0.4}
    return scored, time.perf_counter() - begin
