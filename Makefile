# make run          try Meldpunt on this machine          make screenshots  every page as a picture
# make test         all tests (ARGS="-k name" for some)   make bench        the measures of quality
# make clean        forget all data of this checkout
.PHONY: run test screenshots bench clean
PYTHON ?= python3
ARGS ?=

run test screenshots bench clean:
	@for needs in 'import ensurepip, venv' 'pass'; do \
	  for python in "$(PYTHON)" python3 python3.11 python3.12 python3.13 python3.14 python; do \
	    if "$$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1 \
	    && "$$python" -c "$$needs" >/dev/null 2>&1; then \
	      exec "$$python" -I meldpunt/bootstrap.py $@ $(ARGS); \
	    fi; \
	  done; \
	done; \
	echo "Meldpunt needs Python 3.11 or later: install it, or name it with make $@ PYTHON=/path/to/python3." >&2; exit 1
