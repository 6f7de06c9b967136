"""The writer without a model: grounded lines by role, tone and language, chosen to fit the time. `generator` is `template/1`."""
