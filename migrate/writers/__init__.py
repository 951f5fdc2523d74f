"""Writers: a decided Site becomes the resources of a target."""
