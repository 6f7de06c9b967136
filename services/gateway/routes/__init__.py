"""The routes under /v1, one file a subject."""

from services.gateway.routes import catalogues, events, jobs, keys, library, videos

ROUTERS = (videos.router, jobs.router, events.router, library.router, catalogues.router, keys.router)
