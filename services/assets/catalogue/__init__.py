"""The record of the library in SQL: annotations, media, vectors. The index is made from it and can be made again."""
