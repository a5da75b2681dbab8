/** What a generation is given, what it tells while it runs, and what comes of it. */

import type { SourceLinks } from '#base/code-host-links.ts'
import type { SshSettings } from '#base/git-settings.ts'
import type { GitCredentials } from '#base/git-tokens.ts'
import type { Repository } from '#base/repository.ts'
import type { StepCache } from '#store/step-cache.ts'
import type { NewSet } from '#store/write-set.ts'
import type { Spend } from './prose/ask.ts'
import type { ModelOptions } from './prose/open-model.ts'

export interface GenerateOptions {
  repository: Repository
  commitId: string | null
  /** Shown to a host that asks for them. */
  credentials?: GitCredentials | undefined
  /** For addresses with ssh. */
  ssh?: SshSettings | null | undefined
  /** Exists and is empty; the clone lies here. Absolute. */
  workDir: string
  limits: GenerateLimits
  allowPrivateNetworks: boolean
  sourceLinks: SourceLinks
  /** Where results of single steps are kept for the next time. */
  cache?: StepCache | undefined
  /** Of the documents, one of `#base/language.ts`; English unless given. */
  language?: string | undefined
  /** For the model: what matters to the readers. At most 4,000 characters. */
  notes?: string | undefined
  /** Who adds prose; without it, documents are made offline. */
  model?: ModelOptions | undefined
}

export interface GenerateLimits {
  cloneDepth: number
  cloneTimeoutMs: number
  maxRepoBytes: number
  maxFiles: number
  maxFileBytes: number
  /** Of the whole job, by default half an hour; a stage gets a third of it. */
  jobTimeoutMs?: number
  /** Of the whole job; not known where nothing limits it. */
  jobMemoryBytes?: number
}

export interface GenerateContext {
  signal: AbortSignal
  report(progress: { stage: string; percent: number; text: string }): void
  /** Something that people should know and that does not stop the generation. */
  log?(level: 'warn', text: string): void
  /** An error of our own that costs no more than a part of what is said of a file. */
  trouble?(error: unknown, about: { stage: string; file: string }): void
  /** Bytes that came from a host. */
  received?(bytes: number): void
}

export interface Generated {
  set: NewSet
  resolvedCommit: string
  /** A sentence for people. */
  summary: string
  /** What was asked of a model; absent when none was. */
  spend?: Spend | undefined
  /** Why a part of the documents has no prose; absent or `null` when nothing is missing. */
  degraded?: 'budget' | 'model' | null | undefined
}

/** What a generation would ask of a model, about. */
export interface Estimate {
  calls: number
  inputTokens: number
  outputTokens: number
  /** US dollars; `null` when the price of the model is not known. */
  costUsd: number | null
}
