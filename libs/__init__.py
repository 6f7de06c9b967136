"""What the services share (`libs.common`) and what their callers use (`libs.client`)."""
