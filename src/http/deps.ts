/** The dependencies of the application, and the type of its contexts. */

import type { Context } from 'hono'
import type { Asker } from '#ask/asker.ts'
import type { AccessLimits } from '#base/access-settings.ts'
import type { CallbackPolicy } from '#base/callback-url.ts'
import type { SourceLinks } from '#base/code-host-links.ts'
import type { FolderStatus } from '#base/local-folder.ts'
import type { Log } from '#base/log.ts'
import type { RepositoryPolicy } from '#base/repository.ts'
import type { CrossSearcher } from '#cross-search/contract.ts'
import type { Graphs } from '#graph-queries/graphs.ts'
import type { JobQueue } from '#queue/contract.ts'
import type { FollowedRepositories } from '#queue/follows/followed-repositories.ts'
import type { Searcher } from '#search/searcher.ts'
import type { SetReader } from '#store/sets.ts'
import type { Answerer } from './answerer.ts'
import type { DerivedFileStore } from './derived-files.ts'
import type { Differ } from './differ.ts'
import type { VerifyProof } from './hooks/forges.ts'
import type { Limits } from './limits/client-limits.ts'
import type { ConcurrencyLimit } from './limits/concurrency-limit.ts'
import type { ClientJobs } from './limits/job-quota.ts'
import type { Metrics } from './metrics.ts'
import type { SubmissionBody } from './read-submission.ts'
import type { Receive } from './received-bytes.ts'
import type { Sent } from './request-log.ts'
import type { RequestTurns } from './request-turns.ts'
import type { SourcePages } from './source-pages.ts'
import type { SpendReader } from './spend.ts'
import type { Submitted } from './submission.ts'

/** A static file that pages load. */
export interface ServedAsset {
  body: Uint8Array<ArrayBuffer>
  /** Content-Type. */
  type: string
  /** Changes with the bytes; safe in a URL and in an ETag. */
  hash: string
  /** Content-Security-Policy that replaces the one of pages; `{origin}` is replaced by the origin of the request. */
  csp?: string
  /** Loaded by a sandboxed frame, for which this site is cross-origin. */
  inFrame?: boolean
}

export interface AssetReader {
  read(name: string): ServedAsset | undefined
  /** The hash for `?v=`; empty for a name that does not exist. */
  version(name: string): string
}

/** Keeps git tokens of jobs until their clone is done. */
export interface TokenKeeper {
  /** 32 hex digits derived from the token and the repository URL, for the id of a private job. */
  secretFor(address: string, token: string): Promise<string>
  /**
   * Keep the token for the job's worker; `settle` then says whether it is needed. A job has at most one token.
   *
   * @param client - The client, for limits; `undefined` for callers without an individual limit.
   */
  keep(jobId: string, token: string, client?: string): Promise<KeptToken | NotKept>
}

export interface KeptToken {
  /** Call once; does not reject. @param isUsed - If false, the token is dropped and the previous one restored. */
  settle(isUsed: boolean): void | Promise<void>
}

export type NotKept = 'token in use' | 'too many'

/** Storage of jobs, documents and files. */
interface StoreDeps {
  queue: JobQueue
  /** Without it, no repository can be followed. */
  follows?: FollowedRepositories
  sets: SetReader
  assets: AssetReader
  /** Caches files that are slow to generate; without it, they are generated for each request. */
  made?: DerivedFileStore
  /** For `X-Git-Token`; without it, tokens are refused. */
  tokenKeeper?: TokenKeeper
  /** Why tokens are refused, for the message: `DOCSPOOL_SECRET_KEY is not set`. */
  whyNoTokens?: string
  /** Checks local folders; without it, they are not checked. */
  inspectFolder?: (folder: string) => Promise<FolderStatus>
}

/** Slow tasks that run in other threads. If one is missing, the application does the task itself. */
interface ThreadDeps {
  searcher?: Searcher
  /** Searches all repositories; without it, only sets are searched. */
  crossSearcher?: CrossSearcher
  /** Answers questions about graphs. */
  graphs?: Graphs
  /** Answers natural-language questions from search and graph. */
  asker?: Asker
  /** Answers questions with a language model; without it, an answer is its evidence. */
  answerer?: Answerer
  /** Compares sets. */
  differ?: Differ
  /** Renders pages of source files. */
  sourcePages?: SourcePages
}

/** What may be submitted, and by whom. */
interface PolicyDeps {
  policy: RepositoryPolicy
  /** Verifies webhooks of hosts, at most `perMinute` from one address (0 for no limit); without it, none are accepted. */
  hooks?: { verify: VerifyProof; perMinute: number }
  /** Which webhook URLs are allowed; without it, webhooks are off. */
  callbackPolicy?: CallbackPolicy
  /** The default model: `offline` or its name. */
  mainModel: string
  /** Models that a job may request besides `offline`; none without an endpoint. */
  allowedModels?: readonly string[]
  /** Jobs with a git token are public (`DOCSPOOL_PRIVATE_DOCS=shared`). */
  isPrivateShared?: boolean
  /** Jobs with notes from anonymous callers are listed (`DOCSPOOL_NOTES_DOCS=shared`). */
  areNotesShared?: boolean
  /** Access control; without tokens there is none. */
  access?: { tokens: readonly string[]; for: 'writing' | 'everything' }
  /** The limits of each client; without it there are none. */
  limits?: AccessLimits
  /** How long a documented job is used without reading it again; by default, it is read for each request. */
  knownJobMs?: number
  /** Counts unfinished jobs across all servers; without it, this server counts its own. */
  clientJobs?: ClientJobs
}

/** The addresses of the service and of its clients. */
interface AddressDeps {
  /** `https://docs.example.org`, if the public URL differs from the address that the service listens on. */
  publicOrigin?: string
  /** Allowed host names besides that of `publicOrigin` and those that are always allowed (`host-names.ts`). */
  hostNames?: readonly string[]
  /** The peer's IP address; without it, clients are not limited. */
  peerOf?: (c: AppContext) => string | undefined
  /** Networks of trusted proxies, `10.0.0.0/8`. */
  trustedProxies?: readonly string[]
  /** The configured formats of links to lines (`DOCSPOOL_SOURCE_LINKS`), for comparisons; only well-known hosts by default. */
  sourceLinks?: SourceLinks
}

/** Logs and measurements. */
interface MonitoringDeps {
  log: Log
  /** The level at which requests are logged; `info` by default. */
  requestLevel?: 'info' | 'debug'
  metrics?: Metrics
  /** Metrics are served on another port, not at `/metrics`. */
  hidesMetrics?: boolean
  /** Reads the cost of models. */
  spend?: SpendReader
  /** Free bytes on the spool's disk; `null` if unknown. */
  freeBytes?: () => Promise<number | null>
}

/** The runtime. */
interface RuntimeDeps {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Resolves when the response has been sent, given the bindings of the runtime. */
  sent?: (bindings: unknown) => Promise<Sent>
  /** Calls its argument in the next turn of the event loop: `setImmediate`, where the runtime has it. */
  nextTurn?: (begin: () => void) => void
  /** Aborted at shutdown; ends all long polls. */
  signal: AbortSignal
}

export interface AppDeps extends StoreDeps, ThreadDeps, PolicyDeps, AddressDeps, MonitoringDeps, RuntimeDeps {}

export interface AppEnv {
  Variables: {
    requestId: string
    body?: SubmissionBody
    /** The validated fields of a submission. */
    submitted?: Submitted
    limits: Limits
    /** Limits how many lists and searches of jobs run at once. */
    turns: RequestTurns
    /** Limits how many bytes of large responses are being sent. */
    sent: ConcurrencyLimit
    /** Limits how many bytes of bodies are being received. */
    receive: Receive
    /** The caller has presented the token. */
    isKnown?: boolean
    /** The origin reported by a trusted proxy. */
    forwardedOrigin?: string
    /** Where to redirect after login. */
    next?: string
  }
}

export type AppContext = Context<AppEnv>

/** The public origin, for absolute links and to recognise requests from our own pages. */
export function originOf(c: AppContext, deps: Pick<AppDeps, 'publicOrigin'>): string {
  return deps.publicOrigin ?? c.var.forwardedOrigin ?? new URL(c.req.url).origin
}
