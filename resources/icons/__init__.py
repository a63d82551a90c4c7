"""Line icons, 24×24 with a stroke of 1.75 in `currentColor`, and the program's own icon.

The line icons are from Lucide (ISC licence, LICENSE-lucide.txt), some under a name of ours: what they mean here;
`folder.svg`, `letter.svg` and `stick.svg` are ours.
`wasl.svg` is ours: the slip of paper that وصل names; `wasl-64.png` and `wasl-256.png` are renders of it.
"""
