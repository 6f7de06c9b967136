"""Hard checks of a script, one file each. They judge templates and models alike; each stands against a kind of mutant in the tests.

A check of a scene is `scene(draft, index) -> str`, a check of the whole is `script(draft) -> str`: what is wrong, empty for nothing.
"""
