"""Random people do random things to random cases, and every date is counted again by somebody who only reads events."""
