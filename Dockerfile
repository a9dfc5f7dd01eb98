# syntax=docker/dockerfile:1

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional dependency is a Node for hosts that have none of their own.
RUN npm ci --omit=dev --omit=optional

FROM node:24-slim
LABEL org.opencontainers.image.title="nianbao" \
  org.opencontainers.image.description="Collects, checks and publishes annual reports on government information disclosure" \
  org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  NIANBAO_DB=/data/nianbao.db
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY migrations migrations
COPY openapi/examples openapi/examples
COPY src src
# The program belongs to root, the data to whom it runs as.
RUN install --directory --owner=node --group=node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process: SIGTERM reaches it.
CMD ["node", "src/start.js"]
