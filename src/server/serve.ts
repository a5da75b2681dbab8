/** `docspool serve`: runs the HTTP application on a Node server. It prints nothing; the URL is logged and sent to `up`. */

import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Config } from '#base/config.ts'
import { inspectFolder } from '#base/local-folder.ts'
import type { Log } from '#base/log.ts'
import { OFFLINE } from '#base/offline.ts'
import { Releasers } from '#base/releasers.ts'
import { folderWarnings } from '#cli/check-config.ts'
import { openConfiguredQueue } from '#cli/configured-queue.ts'
import { isAtTerminal } from '#cli/terminal.ts'
import { createApp } from '#http/app.ts'
import type { AppDeps } from '#http/deps.ts'
import type { Metrics } from '#http/metrics.ts'
import { tellKeeper } from '#processes/keeper-channel.ts'
import type { ServiceManager } from '#processes/service-manager.ts'
import { type Shutdown, untilAborted } from '#processes/shutdown-signals.ts'
import { pinFolder } from '#queue/pin-spool.ts'
import { createVerifyProof } from '#webhooks/verify-hook.ts'
import { limitConnections } from './connection-limit.ts'
import { exposureOf } from './exposure.ts'
import { respondsToHealthCheck } from './health-request.ts'
import { closeServer, listen } from './listen.ts'
import { inUrl, reachable } from './listen-address.ts'
import { createMetricsServer } from './metrics-listener.ts'
import { logWriter } from './model-endpoint.ts'
import { type OpenQueue, openStores } from './open-stores.ts'
import { createPipelineLimit, createResponseWatch } from './response-watch.ts'

export interface RunningServer {
  /** `http://127.0.0.1:8000`: a URL that works on this machine, even if the server listens on all addresses. */
  readonly url: string
  readonly port: number
  /** The URL of the metrics if they have a separate port, otherwise `null`. */
  readonly metricsUrl: string | null
  /**
   * Accept no more connections, end long polls, let requests finish for `graceMs` milliseconds, then close all connections.
   * May be called again with a shorter time.
   */
  close(graceMs: number): Promise<void>
}

export interface ServerOptions {
  config: Config
  log: Log
  /** Ends long polls, like `close`. */
  signal: AbortSignal
  /** See `AppDeps`. */
  requestLevel?: 'info' | 'debug'
  openQueue?: OpenQueue
}

/** Time limits for receiving the headers of a request, and the whole request. Responses may take longer: a long poll takes a minute. */
const HEADERS_TIMEOUT_MS = 10_000
const TIMEOUTS = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: 30_000,
  /** Longer than proxies keep idle connections, so that no proxy sends a request on a connection that is being closed. */
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: HEADERS_TIMEOUT_MS / 2,
}
/** Connections without traffic for this long are closed. Longer than the longest pause in a response, that of a long poll. */
const SILENCE_MS = 90_000

/** At shutdown, requests get as long to finish as jobs (`DOCSPOOL_DRAIN_S`), within these bounds. */
const MAX_DRAIN_MS = 10_000
const MIN_DRAIN_MS = 1_000

/**
 * Opens the queue, reads the assets and listens.
 *
 * @throws {CannotListen} The port is taken, or the address does not belong to this machine.
 * @throws {SpoolUnavailable} The spool cannot be opened.
 */
export async function startServer({
  config,
  log,
  signal,
  requestLevel = 'info',
  openQueue = openConfiguredQueue,
}: ServerOptions): Promise<RunningServer> {
  const releasers = new Releasers()
  try {
    if (config.databaseUrl !== null) await pinFolder(config)
    const stop = new AbortController()
    const responses = createResponseWatch()
    const stores = await openStores(config, log, openQueue, releasers)
    const app = createApp({
      ...stores,
      ...settingsOf(config),
      log,
      clock: Date.now,
      inspectFolder: (folder) => inspectFolder(folder, config.localRepos),
      sent: responses.sent,
      requestLevel,
      nextTurn: setImmediate,
      peerOf: (c) => getConnInfo(c).remote.address,
      signal: AbortSignal.any([signal, stop.signal]),
    })
    const listener = getRequestListener(app.fetch, { hostname: inUrl(reachable(config.host)) })
    const isWithin = createPipelineLimit()
    const server = createServer(TIMEOUTS, (request, response) => {
      if (!isWithin(request, response)) return
      responses.begin(request, response)
      return listener(request, response)
    })
    server.timeout = SILENCE_MS
    limitConnections(server, config.access.trustedProxies)
    const metricsUrl = await startMetrics(config, stores.metrics, log, releasers)
    const port = await listen(server, config)
    let closed: Promise<void> | undefined
    return {
      url: `http://${inUrl(reachable(config.host))}:${port}`,
      port,
      metricsUrl,
      async close(graceMs) {
        stop.abort()
        closed ??= closeServer(server)
        const cut = setTimeout(() => server.closeAllConnections(), graceMs)
        await closed
        clearTimeout(cut)
        await releasers.releaseAll()
      },
    }
  } catch (error) {
    await releasers.releaseAll()
    throw error
  }
}

/** The dependencies of the application that come from settings. */
function settingsOf(config: Config) {
  const { access, llm, publicOrigin } = config
  return {
    policy: config,
    ...(config.hookSecrets.all.length > 0 && {
      hooks: { verify: createVerifyProof(config.hookSecrets.all), perMinute: config.hooksPerMinute },
    }),
    ...(config.webhookSecrets.length > 0 && { callbackPolicy: config }),
    isPrivateShared: config.privateDocs === 'shared',
    areNotesShared: access.notesDocs === 'shared',
    mainModel: llm?.mainModel ?? OFFLINE,
    ...(llm === null ? {} : { allowedModels: llm.allowedModels }),
    hidesMetrics: config.metricsPort !== null,
    ...(publicOrigin === null ? {} : { publicOrigin }),
    hostNames: [inUrl(config.host)],
    access: { tokens: access.tokens, for: access.tokenFor },
    limits: access.limits,
    trustedProxies: access.trustedProxies,
    sourceLinks: config.sourceLinks,
  } satisfies Partial<AppDeps>
}

/** @returns The URL of the metrics if they have a separate port. */
async function startMetrics(config: Config, metrics: Metrics, log: Log, releasers: Releasers): Promise<string | null> {
  if (config.metricsPort === null) return null
  const server = createMetricsServer(metrics, log)
  const { metricsHost: host, metricsPort: port } = config
  const at = await listen(server, { host, port }, 'DOCSPOOL_METRICS_')
  releasers.push(() => {
    // Not chained: before Node 20.12, `close` of an HTTP server returns nothing.
    server.close()
    server.closeAllConnections()
  })
  return `http://${inUrl(reachable(host))}:${at}/metrics`
}

/** Serve until shutdown is requested. */
export async function runServer(
  config: Config,
  log: Log,
  shutdown: Shutdown,
  manager: ServiceManager | undefined,
): Promise<void> {
  // `up` at a terminal shows jobs only, not each request.
  const requestLevel = process.connected && isAtTerminal() ? 'debug' : 'info'
  const server = await startServer({ config, log, signal: shutdown.drain, requestLevel })
  log.info({ url: server.url, ...(server.metricsUrl !== null && { metrics_url: server.metricsUrl }) }, 'listening')
  logWriter(config, log)
  for (const warning of folderWarnings(config)) log.warn(warning)
  const exposure = exposureOf(config)
  if (exposure !== null) log.warn({ host: config.host }, exposure)
  tellKeeper({ ready: server.url })
  manager?.tellReady(server.url, () => respondsToHealthCheck(server.url))
  await untilAborted(shutdown.drain)
  const drainMs = Math.min(MAX_DRAIN_MS, Math.max(MIN_DRAIN_MS, config.drainMs))
  manager?.tellStopping(drainMs)
  const closed = server.close(drainMs)
  await Promise.race([closed, untilAborted(shutdown.now)])
  if (shutdown.now.aborted) await server.close(0)
  await closed
}
