"""Previews: what each entry of the catalogues looks like, drawn by the real engine over scenes that are drawn here."""
