"""One theme a file: `SCENES` maps a clip's name to its scene; the neighbour `.yaml` tells what is seen in it."""
