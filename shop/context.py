"""What every page knows."""


def shop(request):
    return {}
