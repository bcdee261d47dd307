"""What every answer tells browsers and caches, unless it says otherwise itself."""

SECURITY_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    # What may be kept says so with an ETag; a 404 that says nothing may be kept by any cache.
    (b"cache-control", b"private, no-store"),
    # It is nothing to sniff, to frame, to run or to embed.
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    # Of an answer that is no page; a page brings its own.
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
