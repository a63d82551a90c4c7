"""Text on paper in two scripts at once: order (UAX #9), letter forms (HarfBuzz), lines, and what can be printed."""
