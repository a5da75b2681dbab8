# docspool in a container:
#   docker build -t docspool . && docker run --init -p 127.0.0.1:8000:8000 -v docspool:/spool docspool
# It answers to IP addresses, localhost and names without a dot; for any other name add
#   -e DOCSPOOL_PUBLIC_URL=http://docs.lan:8000
# BASE is any image of Debian 13.
ARG BASE=debian:trixie-slim

FROM ${BASE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git libnode-dev make nodejs npm
WORKDIR /build
COPY . .
RUN make dist ONLY=here && mkdir /program && tar -xzf dist/docspool-*.tar.gz -C /program --strip-components=1

FROM ${BASE}
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 990 --home-dir /spool docspool && install -d -o docspool -m 0700 /spool
COPY --from=build /program /opt/docspool
USER docspool
WORKDIR /spool
# A volume of its own is always there. For a disk that is mounted into the container: `docspool init` once, and DOCSPOOL_EXPECT_SPOOL=true.
# `docker stop` kills after 10 s: what runs has 2 s to finish, and is back in the queue before that. To give it more, set both,
# such as `docker run --stop-timeout 45 -e DOCSPOOL_DRAIN_S=20`.
ENV DOCSPOOL_HOST=0.0.0.0 DOCSPOOL_SPOOL_DIR=/spool DOCSPOOL_DRAIN_S=2
STOPSIGNAL SIGTERM
VOLUME /spool
EXPOSE 8000
HEALTHCHECK CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.DOCSPOOL_PORT || 8000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/opt/docspool/docspool"]
CMD ["up"]
