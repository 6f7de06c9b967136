"""`python -m libs.client` is `reelsmith`."""

from libs.client.cli import main

if __name__ == "__main__":
    main()
