"""The subcommands of `reelsmith`, one file a subject."""
