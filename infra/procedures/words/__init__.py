"""What the document says in words: what must be true for a step, who is who, and on what a notice depends.

The invariant: nothing here repeats a number, an article or a stage of the tables; those are read from them.
Each part of the procedure has a module: `STEPS` says what must be true for a step and what it means, as its function
checks it; `CHAPTER` where that is printed; `WHEN`, `SPELLED` and `VARIANTS` what predicates, placeholders and notices
are in words.
"""

from infra.procedures.words import handling, inspection
from infra.procedures.words.base import CHANNELS, DESKS, HEAD, HEADINGS, PARTIES, POSTS, SAMPLE, Variants
from infra.procedures.words.base import SPELLED as SHARED
from infra.slices import merged, parts

_road, *_others = parts(__name__)
PARTS = (_road, handling, *_others)

CHAPTERS = {
    heading: said for heading in HEADINGS if (said := merged(part.STEPS for part in PARTS if heading == part.CHAPTER))
}
WHEN = merged(part.WHEN for part in PARTS)
SPELLED = merged((SHARED, *(part.SPELLED for part in (*PARTS, inspection))))
INSPECTIONS, INSPECTIONS_WHEN = inspection.STEPS, inspection.WHEN
VARIANTS: Variants = {}
for _part in (*PARTS, inspection):
    for _event, _variants in _part.VARIANTS.items():
        VARIANTS[_event] = (*VARIANTS.get(_event, ()), *_variants)

__all__ = [
    "CHANNELS",
    "CHAPTERS",
    "DESKS",
    "HEAD",
    "INSPECTIONS",
    "INSPECTIONS_WHEN",
    "PARTIES",
    "POSTS",
    "SAMPLE",
    "SPELLED",
    "VARIANTS",
    "WHEN",
]
