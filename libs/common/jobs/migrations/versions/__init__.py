"""One file a revision, in order: r0001, r0002 …"""
