"""Alembic runs this file; the connection, with its open transaction, comes from `migrate`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
