"""Fetching a page. The only place that opens the network, and only for a URL that the user named."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException

from kgbuild.ingest.text import NotTextError

TIMEOUT_S = 30
_KINDS = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
}


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """A redirect may not lead from the web to files or other services."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if not is_url(newurl):
            raise urllib.error.URLError(f"it redirects to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_url(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def fetch(url: str, max_bytes: int) -> tuple[bytes, str, str | None]:
    """The bytes at ``url``, the kind of file they are, and the encoding the server names. Raises `NotTextError`."""
    from kgbuild import __version__

    opener = urllib.request.build_opener(_WebOnly)
    headers = {"User-Agent": f"kgbuild/{__version__}", "Accept": "text/html,*/*;q=0.5"}
    request = urllib.request.Request(url, headers=headers)
    try:
        with opener.open(request, timeout=TIMEOUT_S) as answer:
            data: bytes = answer.read(max_bytes + 1)
            content_type: str = answer.headers.get_content_type()
            charset: str | None = answer.headers.get_content_charset()
    except urllib.error.HTTPError as error:
        with error:
            raise NotTextError(f"cannot be fetched (HTTP {error.code} {error.reason})") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotTextError(f"cannot be fetched ({getattr(error, 'reason', None) or error})") from error
    if len(data) > max_bytes:
        raise NotTextError(f"larger than the {max_bytes // 1_000_000} MB that are read of a page")
    return data, _KINDS.get(content_type, "html"), charset
