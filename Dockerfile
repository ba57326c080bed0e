# Two stages, so that nothing of the installation stays behind. What runs writes to /data alone, and to /keys where
# KEY_DIR says so, as compose.yaml does.

FROM python:3.13-slim AS packages
WORKDIR /build
COPY requirements.lock ./
RUN pip install --no-cache-dir --no-compile --require-hashes --only-binary :all: --prefix /packages -r requirements.lock

FROM python:3.13-slim
COPY --from=packages /packages /usr/local

WORKDIR /srv/bot
COPY bot ./bot
COPY flows ./flows
COPY locales ./locales
COPY resources ./resources
COPY alembic ./alembic
# Compiled here, since a read-only file system keeps nothing that is compiled later.
RUN python -m compileall -q /usr/local/lib/python3.13/site-packages bot alembic \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin bot \
 && install -d -m 0700 -o bot -g bot /data /keys

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data LISTEN=0.0.0.0:8080
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
USER 10001

# Whether the process lives and answers; whether it is of use at the moment is /readyz.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request as get; get.urlopen('http://127.0.0.1:' + os.environ['LISTEN'].rpartition(':')[2] + '/healthz', timeout=4)"]

CMD ["python", "-m", "bot", "run"]
