/** `docspool serve`: runs the HTTP application on a Node server. It prints nothing; the URL is logged and sent to `up`. */

import { statfs } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'
import { inspectFolder } from '#base/local-folder.ts'
import type { Log } from '#base/log.ts'
import { OFFLINE } from '#base/offline.ts'
import { Releasers } from '#base/releasers.ts'
import { oddFolders } from '#cli/check-config.ts'
import { openLocalQueue } from '#cli/local-queue.ts'
import { isAtTerminal } from '#cli/terminal.ts'
import { createApp } from '#http/app.ts'
import type { Sent } from '#http/request-log.ts'
import { createServerMetrics } from '#metrics/server-metrics.ts'
import { tellKeeper } from '#processes/keeper-channel.ts'
import type { ServiceManager } from '#processes/service-manager.ts'
import { fired, type Shutdown } from '#processes/shutdown-signals.ts'
import type { FollowedRepositories, JobQueue } from '#queue/contract.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { createSetStore } from '#store/sets.ts'
import { createVerifyProof } from '#webhooks/verify-hook.ts'
import { openDatabaseSets } from '#worker/configured-sets.ts'
import { loadAssets } from './asset-reader.ts'
import { limitConnections } from './connection-limit.ts'
import { exposureOf } from './exposure.ts'
import { createGitTokenKeeper } from './git-token-keeper.ts'
import { answers } from './health-request.ts'
import { createLazyAnswerer } from './lazy-answerer.ts'
import { inUrl, reachable } from './listen-address.ts'
import { createMetricsServer } from './metrics-listener.ts'
import { logWriter } from './model-endpoint.ts'
import { createSpendReader } from './spend-file.ts'
import { createThreads } from './threads/threads.ts'

/** Thrown when the server cannot listen at the configured address. */
export class CannotListen extends AppError {
  readonly code: 'PORT_IN_USE' | 'PORT_NOT_ALLOWED' | 'ADDRESS_NOT_AVAILABLE'
  override readonly hint: string

  constructor(code: CannotListen['code'], message: string, hint: string, cause: unknown) {
    super(message, { cause })
    this.code = code
    this.hint = hint
  }
}

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
  openQueue?: (
    config: Config,
    log: Log,
  ) => Promise<JobQueue & { follows?: FollowedRepositories; close(): Promise<void> }>
}

/** Time limits for receiving the headers of a request, and all of it. Responses may take longer: a long poll takes a minute. */
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
/** Longer than proxies keep idle connections, so that no proxy sends a request on a connection that is being closed. */
const KEEP_ALIVE_MS = 65_000
/** Connections without traffic for this long are closed. Longer than the longest pause in a response, that of a long poll. */
const SILENCE_MS = 90_000
/** Maximum number of pipelined requests on one connection. Browsers wait for each response. */
const MAX_UNANSWERED = 64
/** How often a closing server closes connections that have become idle. */
const IDLE_CHECK_MS = 50
/** Limits of the time that requests get at shutdown, which is otherwise that of jobs (`DOCSPOOL_DRAIN_S`). */
const MAX_DRAIN_MS = 10_000
const MIN_DRAIN_MS = 1_000

/**
 * Open the queue, read the assets and listen.
 *
 * @throws {CannotListen} The port is taken, or the address is not this machine's.
 * @throws {SpoolUnavailable} The spool cannot be opened.
 */
export async function startServer({
  config,
  log,
  signal,
  requestLevel = 'info',
  openQueue = openLocalQueue,
}: ServerOptions): Promise<RunningServer> {
  const releasers = new Releasers()
  try {
    if (config.databaseUrl !== null) await pinSpool(config.spoolDir, config.expectSpool)
    const queue = await openQueue(config, log)
    releasers.push(() => queue.close())
    const inDatabase = await openDatabaseSets(config, log)
    releasers.push(() => inDatabase?.close())
    // Only a supervisor of this machine could ask for a token, and another one may take the job.
    const tokenKeeper = inDatabase === undefined ? keepTokens(queue) : undefined
    const stop = new AbortController()
    const spend = createSpendReader(config.spoolDir, config.llm?.perDay ?? null, log)
    const freeBytes = () => readFreeBytes(config.spoolDir)
    const metrics = createServerMetrics({ spoolDir: config.spoolDir, queue, spend, freeBytes, clock: Date.now })
    const answers = createAnswerWatch()
    const sets = inDatabase?.cached ?? createSetStore(`${config.spoolDir}/docs`)
    const assets = await loadAssets()
    const { close: closeThreads, ...threads } = createThreads({
      ...{ spoolDir: config.spoolDir, sets, assets, log },
      ...(inDatabase !== undefined && { hold: inDatabase.cached.hold }),
    })
    releasers.push(closeThreads)
    const { llm, spoolDir } = config
    const app = createApp({
      queue,
      ...(llm?.ask != null && {
        answerer: createLazyAnswerer({
          settings: llm,
          graphs: threads.graphs,
          sets,
          spoolDir,
          log: (level, text) => log[level](text),
        }),
      }),
      ...(queue.follows && { follows: queue.follows }),
      ...(config.hookSecrets.all.length > 0 && {
        hooks: { verify: createVerifyProof(config.hookSecrets.all), perMinute: config.hooksPerMinute },
      }),
      sets,
      assets,
      ...threads,
      policy: config,
      inspectFolder: (folder) => inspectFolder(folder, config.localRepos),
      ...(tokenKeeper !== undefined && { tokenKeeper }),
      ...(config.webhookSecrets.length > 0 && { callbackPolicy: config }),
      isPrivateShared: config.privateDocs === 'shared',
      areNotesShared: config.access.notesDocs === 'shared',
      log,
      clock: Date.now,
      mainModel: config.llm?.mainModel ?? OFFLINE,
      ...(config.llm === null ? {} : { allowedModels: config.llm.allowedModels }),
      spend,
      metrics,
      hidesMetrics: config.metricsPort !== null,
      sent: answers.sent,
      requestLevel,
      nextTurn: setImmediate,
      freeBytes,
      ...(config.publicOrigin === null ? {} : { publicOrigin: config.publicOrigin }),
      hostNames: [inUrl(config.host)],
      access: { tokens: config.access.tokens, for: config.access.tokenFor },
      limits: config.access.limits,
      trustedProxies: config.access.trustedProxies,
      peerOf: (c) => getConnInfo(c).remote.address,
      signal: AbortSignal.any([signal, stop.signal]),
    })
    const timeouts = {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: HEADERS_TIMEOUT_MS / 2,
    }
    const listener = getRequestListener(app.fetch, { hostname: inUrl(reachable(config.host)) })
    const isWithin = createUnansweredLimit()
    const server = createServer(timeouts, (request, response) => {
      if (!isWithin(request, response)) return
      answers.begin(request, response)
      return listener(request, response)
    })
    server.timeout = SILENCE_MS
    limitConnections(server, config.access.trustedProxies)
    const metricsUrl = await startMetrics()
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

    function keepTokens(queue: JobQueue) {
      const keeper = createGitTokenKeeper(config.spoolDir, {
        isUnfinished: async (jobId) => {
          const status = (await queue.read(jobId))?.view.status
          return status === 'queued' || status === 'processing'
        },
        prepare: () => queue.probe(),
        log,
      })
      releasers.push(() => keeper.close())
      return keeper
    }

    async function startMetrics(): Promise<string | null> {
      if (config.metricsPort === null) return null
      const own = createMetricsServer(metrics, log)
      const { metricsHost: host, metricsPort: port } = config
      const at = await listen(own, { host, port }, 'DOCSPOOL_METRICS_')
      releasers.push(() => {
        // Not chained: before Node 20.12, `close` of an HTTP server returns nothing.
        own.close()
        own.closeAllConnections()
      })
      return `http://${inUrl(reachable(host))}:${at}/metrics`
    }
  } catch (error) {
    await releasers.releaseAll()
    throw error
  }
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
  for (const odd of oddFolders(config)) log.warn(odd)
  const exposure = exposureOf(config)
  if (exposure !== null) log.warn({ host: config.host }, exposure)
  tellKeeper({ ready: server.url })
  manager?.tellReady(server.url, () => answers(server.url))
  await fired(shutdown.drain)
  const drainMs = Math.min(MAX_DRAIN_MS, Math.max(MIN_DRAIN_MS, config.drainMs))
  manager?.tellStopping(drainMs)
  const closed = server.close(drainMs)
  await Promise.race([closed, fired(shutdown.now)])
  if (shutdown.now.aborted) await server.close(0)
  await closed
}

/** @param prefix - The prefix of the settings with the address, for error messages. */
function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>, prefix = 'DOCSPOOL_'): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(toListenError(error, host, port, prefix)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function toListenError(error: Error, host: string, port: number, prefix: string): Error {
  if (isErrno(error, 'EADDRINUSE')) {
    const hint = `Stop the other program, or set ${prefix}PORT to another port (0 takes a free one).`
    return new CannotListen('PORT_IN_USE', `Port ${port} of ${host} is in use.`, hint, error)
  }
  if (isErrno(error, 'EACCES')) {
    const hint = `Set ${prefix}PORT to a port above 1023.`
    return new CannotListen('PORT_NOT_ALLOWED', `Permission denied for port ${port}.`, hint, error)
  }
  if (isErrno(error, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN')) {
    const hint = `Set ${prefix}HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`
    return new CannotListen('ADDRESS_NOT_AVAILABLE', `${host} is not an address of this machine.`, hint, error)
  }
  return error
}

/** Closes connections with too many pipelined requests, which would all be processed at once. */
function createUnansweredLimit() {
  const unanswered = new WeakMap<Socket, number>()
  return ({ socket }: IncomingMessage, response: ServerResponse): boolean => {
    const now = (unanswered.get(socket) ?? 0) + 1
    unanswered.set(socket, now)
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1))
    if (now > MAX_UNANSWERED) socket.destroy()
    return !socket.destroyed
  }
}

/** Measures how responses are sent, by the bytes on their connections. Pipelined responses may be counted together. */
function createAnswerWatch() {
  const before = new WeakMap<ServerResponse, number>()
  return {
    begin(request: IncomingMessage, response: ServerResponse): void {
      before.set(response, request.socket.bytesWritten)
    },
    sent(bindings: unknown): Promise<Sent> {
      const { incoming, outgoing } = bindings as { incoming: IncomingMessage; outgoing: ServerResponse }
      const { socket } = incoming
      return new Promise((resolve) => {
        const settle = (): void =>
          resolve({ bytes: socket.bytesWritten - (before.get(outgoing) ?? 0), isCut: !outgoing.writableFinished })
        if (outgoing.closed) settle()
        else outgoing.once('close', settle)
      })
    },
  }
}

async function readFreeBytes(folder: string): Promise<number | null> {
  const found = await statfs(folder).catch(() => undefined)
  return found === undefined ? null : found.bavail * found.bsize
}

/** Stop listening; resolves when the last connection has ended. */
async function closeServer(server: Server): Promise<void> {
  // A keep-alive connection becomes idle after its response and would keep the server open.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
  await new Promise((resolve) => server.close(resolve))
  clearInterval(idle)
}
