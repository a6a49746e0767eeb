"""One file per output format; each writes UTF-8 bytes article by article."""
