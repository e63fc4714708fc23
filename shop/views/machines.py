"""What machines ask: are you alive, what may I read, what are you called, what do I show without a network."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from customers.models import ShopDetails
from shop import feeds
from shop import sitemap as maps

CLOSED = [
    "/admin/",
    "/accounts/",
    "/cart/",
    "/checkout/",
    "/compare/",
    "/my/",
    "/orders/",
    "/search/suggest/",
    "/staff/",
]


@require_safe
def healthz(request):
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request):
    """Ready to serve: database, migrations and cache, each named with what is wrong."""
    checks = {"database": _database, "migrations": _migrations, "cache": _cache}
    answers = {name: _verdict(check) for name, check in checks.items()}
    ready = all(answer == "ok" for answer in answers.values())
    return JsonResponse(answers, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def _verdict(check) -> str:
    try:
        return "ok" if check() else "not ready"
    except Exception as fault:
        # Only the kind: addresses and passwords stand in the words of such errors.
        return type(fault).__name__


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache() -> bool:
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    lines = ["User-agent: *"]
    for path in CLOSED:
        lines += [f"Disallow: {path}", *(f"Disallow: /{code}{path}" for code, _name in settings.LANGUAGES[1:])]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request):
    details = ShopDetails.current()
    body = {
        "id": "/",
        "name": details.name,
        "short_name": details.name[:12],
        "description": details.tagline,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf9f5",
        "theme_color": "#fbf9f5",
        "icons": [
            {"src": static("icons/app-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("icons/app-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("icons/maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
def service_worker(request):
    """Served from the root, because a worker watches only the addresses below its own."""
    path = finders.find("js/worker.js") or staticfiles_storage.path("js/worker.js")
    with open(path, encoding="utf-8") as file:
        return HttpResponse(file.read(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
@cache_control(public=True, max_age=300)
def offline(request):
    return render(request, "errors/offline.html")


@require_safe
@cache_control(public=True, max_age=300)
def feed(request, name: str):
    """A list of goods for a channel, as the clock wrote it; written now if nobody has asked for it before."""
    found = feeds.find(name)
    if found is None:
        raise Http404
    if not found.path.exists() and cache.add(f"feed:{name}", True, 600):
        feeds.build(found, timezone.now())
    if not found.path.exists():
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    kind = "application/xml" if found.channel == "google" else "text/csv"
    return FileResponse(found.path.open("rb"), content_type=f"{kind}; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request):
    """One file for a small shop; an index with `?part=` for a large one."""
    wanted, number = request.GET.get("part", ""), maps.parts()
    if wanted:
        is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < 6
        if not is_number or not 1 <= int(wanted) <= number:
            raise Http404
        body = maps.part(int(wanted))
    else:
        body = maps.index(number) if number > 1 else maps.part(1)
    return StreamingHttpResponse(body, content_type="application/xml")
