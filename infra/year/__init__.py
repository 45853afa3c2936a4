"""A county's year in a minute: 750 petitions online and 375 others, through the real rules, by people as they are."""
