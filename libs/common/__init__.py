"""The shared core: domain, documents, blobs, jobs, pipeline, runtime. Layers are checked by import-linter."""
