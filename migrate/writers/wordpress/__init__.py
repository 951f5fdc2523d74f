"""WordPress: a decided Site as posts, pages, terms and media, carried there by its REST API."""
