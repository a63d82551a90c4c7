"""The outline of northern Morocco, for the page that shows where the hubs are.

`morocco.svg` is our own drawing, from the coordinates of capes, mouths and towns along the coast; names with a dollar
sign are tokens of the look. `morocco.json` gives its bounds in degrees, the length of a degree of longitude in degrees
of latitude (both are drawn evenly), and the hubs whose places are known, with the side on which the card stands.
"""
