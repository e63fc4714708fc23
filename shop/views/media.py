"""Pictures of the shop, for a machine without a web server in front."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.static import serve

from shop.ranges import part_of

#: A picture that changes gets a new name, so browsers may keep it for a year.
FILMS = (".mp4", ".webm")
KEEP = "public, max-age=31536000, immutable"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """A file below MEDIA_ROOT; never a folder, never anything above it."""
    try:
        answer = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (Http404, SuspiciousFileOperation, OSError):
        # A browser asks for a picture, not for our page with its search and its queries. A name too long is none.
        return HttpResponse(status=404)
    if path.lower().endswith(FILMS) and isinstance(answer, FileResponse):
        answer = part_of(request.headers.get("Range", ""), answer)
    answer["Cache-Control"] = KEEP
    # Whatever somebody managed to upload, it is never run as a page of ours.
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
