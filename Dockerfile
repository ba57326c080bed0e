FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/bot

COPY requirements.lock ./
RUN pip install --no-cache-dir --compile --require-hashes --only-binary :all: -r requirements.lock

COPY bot ./bot
COPY flows ./flows
COPY locales ./locales
COPY resources ./resources
COPY alembic ./alembic
RUN python -m compileall -q bot

# Nothing but /data is written; keys in it stay out of backups (README).
RUN useradd --system --uid 10001 --home-dir /data bot && install -d -m 0700 -o bot -g bot /data
USER bot
ENV DATA_DIR=/data
VOLUME ["/data"]

CMD ["python", "-m", "bot", "run"]
