# Each target is one line, so that everything also works without make: python3 dev.py <target>
.PHONY: run test lint audit bench e2e catalogs
run:   ; @python3 dev.py run
test:  ; @python3 dev.py test
lint:  ; @python3 dev.py lint
audit: ; @python3 dev.py audit
bench: ; @python3 dev.py bench
e2e:   ; @python3 dev.py e2e
catalogs: ; @python3 dev.py catalogs
