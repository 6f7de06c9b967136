"""The routes under /v1, one file a subject."""

from services.gateway.routes import catalogues, events, jobs, keys, library, music, renders, videos

ROUTERS = (videos.router, renders.router, jobs.router, events.router, library.router, music.router, catalogues.router, keys.router)
