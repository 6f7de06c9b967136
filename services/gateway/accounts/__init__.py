"""Who may call: API keys with a tenant and a role."""
