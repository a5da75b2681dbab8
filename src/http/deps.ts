/** What the application is given, and the type of its contexts. */

import type { Context } from 'hono'
import type { AccessLimits } from '#base/access-settings.ts'
import type { CallbackPolicy } from '#base/callback-url.ts'
import type { Log } from '#base/log.ts'
import type { FolderFinding, RepositoryPolicy } from '#base/repository.ts'
import type { JobQueue } from '#queue/contract.ts'
import type { Searcher } from '#search/searcher.ts'
import type { SetReader } from '#store/sets.ts'
import type { Limits } from './limits/client-limits.ts'
import type { MadeStore } from './made.ts'
import type { Metrics } from './metrics.ts'
import type { Sent } from './request-log.ts'
import type { SourcePages } from './source-pages.ts'
import type { SpendReader } from './spend.ts'
import type { Submitted } from './submission.ts'
import type { SubmissionBody } from './submission-body.ts'
import type { InTurn } from './turns.ts'

/** A file that pages load, as it is answered. */
export interface ServedAsset {
  body: Uint8Array<ArrayBuffer>
  /** Content-Type. */
  type: string
  /** Changes with the bytes; safe in a URL and in an ETag. */
  hash: string
  /** Content-Security-Policy instead of the pages' own; `{origin}` in it stands for the origin of the request. */
  csp?: string
  /** A sandboxed frame loads it, to which this site is another one. */
  inFrame?: boolean
}

export interface AssetReader {
  read(name: string): ServedAsset | undefined
  /** The hash for `?v=`; empty for a name that does not exist. */
  version(name: string): string
}

/** Holds tokens that come with jobs until their clones end, in memory alone. */
export interface TokenKeeper {
  /** 32 hex digits that only this token and address give, for the id of a job that nobody can guess. */
  secretFor(address: string, token: string): Promise<string>
  /**
   * Hold the token for the job's worker, until `settle` says whether it is needed. A job has one token at a time.
   *
   * @param client - Who sent it, as limits count callers; `undefined` for one that is not counted by itself.
   */
  keep(jobId: string, token: string, client?: string): Promise<KeptToken | NotKept>
}

export interface KeptToken {
  /** Called once. @param isUsed - Else it is forgotten, and the one that was held before comes back. */
  settle(isUsed: boolean): void
}

export type NotKept = 'another is held' | 'too many'

export interface AppDeps {
  queue: JobQueue
  sets: SetReader
  assets: AssetReader
  /** Searches sets where that holds up no request; without it, the application does it itself. */
  searcher?: Searcher
  /** Makes pages of source files where that holds up no request; without it, the application does it itself. */
  sourcePages?: SourcePages
  /** Keeps what takes long to make; without it, that is made for each request. */
  made?: MadeStore
  policy: RepositoryPolicy
  log: Log
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Who writes where a job names nobody: `offline` or the name of the model. */
  mainModel: string
  /** Models that a job may name beside `offline`; none without an endpoint. */
  allowedModels?: readonly string[]
  /** What models have cost; without it, nothing has. */
  spend?: SpendReader
  /** What is counted; without it, nothing is. */
  metrics?: Metrics
  /** They are told elsewhere, and not at `/metrics` here. */
  hidesMetrics?: boolean
  /** How the answer to a request left, by the bindings of the runtime; without it, nothing is known of that. */
  sent?: (bindings: unknown) => Promise<Sent>
  /** Least level at which a line a request is logged; `info` unless told. */
  requestLevel?: 'info' | 'debug'
  /** Bytes that the disk of the queue has left; `null` when that cannot be told. */
  freeBytes?: () => Promise<number | null>
  /** Which addresses may be called when a job has ended; without it, none. */
  callbackPolicy?: CallbackPolicy
  /** What a folder of this machine is; without it, none is looked at. */
  lookAtFolder?: (folder: string) => Promise<FolderFinding>
  /** For `X-Git-Token`; without it, none is taken. */
  tokenKeeper?: TokenKeeper
  /** Jobs that come with a token are like all others, and what is made of them is for all readers. */
  isPrivateShared?: boolean
  /** Documents made with the notes of callers who show no token are in lists, like all others. */
  areNotesShared?: boolean
  /** `https://docs.example.org`, when people reach the service by another address than it listens on. */
  publicOrigin?: string
  /** Names that requests may carry beside that of `publicOrigin` and those of `host-names.ts`. */
  hostNames?: readonly string[]
  /** Who may do what; without it, or without tokens, anyone may do anything. */
  access?: { tokens: readonly string[]; for: 'writing' | 'everything' }
  /** What one client may ask for; without it, as much as it likes. */
  limits?: AccessLimits
  /** The address of the other end of the connection; without it, nobody is counted. */
  peerOf?: (c: AppContext) => string | undefined
  /** Networks of proxies whose headers are believed, `10.0.0.0/8`. */
  trustedProxies?: readonly string[]
  /** Fires at shutdown and ends every long poll. */
  signal: AbortSignal
}

export interface AppEnv {
  Variables: {
    requestId: string
    /** Of a submission. */
    body?: SubmissionBody
    /** Its fields, checked. */
    submitted?: Submitted
    limits: Limits
    /** For searches in the names of jobs. */
    inTurn: InTurn
    /** The caller has shown the token. */
    isKnown?: boolean
    /** The origin that a trusted proxy was asked for. */
    forwardedOrigin?: string
    /** Where to go on after logging in. */
    next?: string
  }
}

export type AppContext = Context<AppEnv>

/** The origin that people use: for links that leave the page, and to tell our own pages from foreign ones. */
export function originOf(c: AppContext, deps: Pick<AppDeps, 'publicOrigin'>): string {
  return deps.publicOrigin ?? c.var.forwardedOrigin ?? new URL(c.req.url).origin
}
