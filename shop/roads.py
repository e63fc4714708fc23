"""By which road a visitor came: what the address of his first page, and the page before it, tell."""

from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest

UTM = {
    "utm_source": "source",
    "utm_medium": "medium",
    "utm_campaign": "campaign",
    "utm_term": "term",
    "utm_content": "content",
}
CLICK_IDS = {"gclid": "google", "wbraid": "google", "gbraid": "google", "fbclid": "facebook", "msclkid": "bing",
             "ttclid": "tiktok", "twclid": "x", "yclid": "yandex", "epik": "pinterest"}  # fmt: skip
SEARCH_ENGINES = ("google.", "bing.", "duckduckgo.", "yandex.", "ecosia.", "search.yahoo.", "qwant.", "startpage.")
LONGEST = 2000


def road_of(request: HttpRequest, address: str | None = None, referrer: str | None = None) -> dict[str, str]:
    """The fields of a Touch: source, medium, campaign…; nothing for who went from page to page, or typed the address.

    `address` and `referrer` are those of the request unless others are given. Both are anybody's word.
    """
    address = request.get_full_path() if address is None else address
    referrer = request.headers.get("Referer", "") if referrer is None else referrer
    try:
        landing, query = _parts(address)
        host = (urlsplit(referrer[:LONGEST]).hostname or "").removeprefix("www.")
    except ValueError:
        return {}
    road = {field: query[name] for name, field in UTM.items() if query.get(name)}
    click = next((name for name in CLICK_IDS if query.get(name)), None)
    if click:
        road["click_id"] = f"{click}:{query[click]}"
        road.setdefault("source", CLICK_IDS[click])
        road.setdefault("medium", "paid")
    own = request.get_host().partition(":")[0].removeprefix("www.")
    if host and host != own and "source" not in road:
        road |= {"source": host, "medium": road.get("medium") or _medium(host)}
    if "source" not in road:
        return {}
    return {name: value.replace("\x00", "") for name, value in road.items()} | {"landing": landing}


def _parts(address: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(address[:LONGEST])
    found = parse_qs(parts.query, max_num_fields=50)
    return parts.path.replace("\x00", ""), {name: values[0].strip() for name, values in found.items()}


def _medium(host: str) -> str:
    return "organic" if any(host.startswith(name) or f".{name}" in host for name in SEARCH_ENGINES) else "referral"
