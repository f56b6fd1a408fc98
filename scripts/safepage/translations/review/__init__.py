"""Pages of a language beside the source's, for whoever checks them; here: where they stand in a site."""

REVIEWS = "review"  # of a site that is served or previewed


def review_address(locale: str, page: str) -> str:
    """Where the review of a page stands in such a site."""
    return f"{REVIEWS}/{locale}/{page}/"
