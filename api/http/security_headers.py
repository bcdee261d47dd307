"""What every answer tells browsers: it is nothing to sniff, to frame, to run or to embed."""

SECURITY_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    # Of an answer that is no page; a page brings its own.
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
