/**
 * The configuration, parsed from the environment. The only file that reads `process.env`. Every setting has a working default;
 * an invalid value stops the program with a message that names the setting.
 */

import { availableParallelism } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type AccessConfig, AccessSettings, readAccess } from './access-settings.ts'
import type { SourceLinkForm, SourceLinks } from './code-host-links.ts'
import { DatabaseSettings, databaseSecrets } from './database-settings.ts'
import { distanceOf } from './distance.ts'
import { type FollowConfig, FollowSettings, readFollows } from './follow-settings.ts'
import { GitSettings, type PrivateDocs, readGitTokens, readSsh, type SshSettings } from './git-settings.ts'
import type { GitTokens } from './git-tokens.ts'
import { findLlmLack, type LlmLack, type LlmSettings, ModelSettings, readLlm } from './model-settings.ts'
import { hideValues, scrub } from './scrub.ts'
import { BadConfiguration, fraction, list, spoolExpectation, whole, wholeOrNone, yesNo } from './setting-schemas.ts'
import { type GivenSetting, gatherSettings, replaceSettings, settingOfFile } from './setting-sources.ts'
import { cacheFolderOf } from './user-cache.ts'
import { readWebhooks, type WebhookConfig, WebhookSettings } from './webhook-settings.ts'
import { type WorkerEnvironment, workerEnvironmentOf } from './worker-environment.ts'

const FAILPOINT = 'DOCSPOOL_FAILPOINT'
const FATAL_INCIDENTS = 'DOCSPOOL_FATAL_INCIDENTS'
/** For the command line and tests; not a setting with documentation and a flag. */
const SERVER_ADDRESS = 'DOCSPOOL_URL'
const FOR_TESTS: readonly string[] = [FAILPOINT, FATAL_INCIDENTS]

/** Names of settings whose value is secret. */
const SECRET = /(?:_KEY|_TOKEN|_SECRET|_PASSWORD|GIT_TOKENS|HOOK_SECRETS|DATABASE_URL)$/

const HostName = /^(?:\*|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?)$/

/** Settings by the name of their environment variable; the order and the text are those of docs/settings.md. */
const Environment = z.object({
  DOCSPOOL_HOST: z
    .string()
    .min(1, 'expected an address such as 127.0.0.1')
    .default('127.0.0.1')
    .describe('Address the server listens on'),
  DOCSPOOL_PORT: whole(8000, 0, 65_535).describe('Port; 0 takes a free one'),
  DOCSPOOL_SPOOL_DIR: z
    .string()
    .min(1, 'expected a folder such as ./spool')
    .default('./spool')
    .describe('Folder for jobs and documents'),
  DOCSPOOL_EXPECT_SPOOL: spoolExpectation.describe(
    'With `true`, only `init` creates a spool: on an empty folder, such as a mount point without its disk, nothing starts. With an id (see `LAYOUT`), docspool waits for that spool',
  ),
  DOCSPOOL_CONCURRENCY: whole(Math.max(1, Math.min(4, availableParallelism() - 1)), 1, 64).describe(
    'Jobs that run at once',
  ),
  DOCSPOOL_QUEUE_SIZE: whole(100_000, 1, 10_000_000).describe('Jobs that may wait; more get the response 503'),
  DOCSPOOL_CACHE_EXPIRY_DAYS: whole(365, 0, 36_500).describe(
    'How long a pinned commit is answered from the cache, and unread documents are kept (at least a day)',
  ),
  DOCSPOOL_MAX_DOCS_GB: fraction(20, 0, 1_000_000).describe(
    'Space for documents, such as 0.5; the least recently read are removed first; 0 for no limit',
  ),
  DOCSPOOL_JOB_CLEANUP_HOURS: whole(24_000, 1, 876_000).describe('How long finished jobs are kept'),
  DOCSPOOL_RETRY_COOLDOWN_MINUTES: whole(3, 0, 10_080).describe('Wait before a failed job may be submitted again'),
  DOCSPOOL_REVALIDATE_MINUTES: whole(60, 0, 525_600).describe(
    'How long a branch is answered without asking its host for a newer commit',
  ),
  DOCSPOOL_CLONE_TIMEOUT_S: whole(300, 1, 86_400).describe('Time limit of a clone, seconds'),
  DOCSPOOL_CLONE_DEPTH: whole(1, 0, 1_000_000).describe('Commits to fetch; 0 fetches all'),
  DOCSPOOL_CLONES_PER_HOST: whole(2, 1, 64).describe('Simultaneous clones from one host'),
  DOCSPOOL_JOB_TIMEOUT_S: whole(1_800, 1, 604_800).describe('Time limit of a job, seconds'),
  DOCSPOOL_DRAIN_S: whole(20, 0, 86_400).describe(
    'How long running jobs may continue when docspool is stopped, seconds; then they return to the queue',
  ),
  DOCSPOOL_JOB_MEMORY_MB: whole(4_096, 256, 1_048_576).describe('Memory limit of a job'),
  DOCSPOOL_MAX_REPO_MB: whole(1_024, 1, 1_048_576).describe('Largest download of a clone'),
  DOCSPOOL_MAX_FILES: whole(50_000, 1, 10_000_000).describe('Files that are read; the rest are listed as skipped'),
  DOCSPOOL_MAX_FILE_KB: whole(1_024, 1, 102_400).describe('Largest file that is read'),
  DOCSPOOL_ALLOWED_HOSTS: list('github.com,gitlab.com,bitbucket.org,codeberg.org').describe(
    'Hosts to clone from; `host:port` allows a port, `*` every public host',
  ),
  DOCSPOOL_ALLOW_PRIVATE_NETWORKS: yesNo(false).describe(
    'Allow private and loopback addresses, and http, for clones and callbacks',
  ),
  DOCSPOOL_LOCAL_REPOS: list('', /:/).describe(
    'Folders below which `file://` repositories are allowed, separated by `:`, such as `/srv/git:/srv/projects`',
  ),
  ...GitSettings,
  DOCSPOOL_SOURCE_LINKS: list('').describe(
    'Form of links to lines, by host: `host=github`, `gitlab`, `bitbucket` or `gitea`; `docspool` links to the text in the set',
  ),
  DOCSPOOL_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address such as https://docs.example.org' })
    .optional()
    .describe('Address that readers use: behind a proxy, or a name with a dot (`http://docs.lan:8000`)'),
  ...DatabaseSettings,
  ...AccessSettings,
  ...WebhookSettings,
  ...FollowSettings,
  ...ModelSettings,
  DOCSPOOL_METRICS_PORT: wholeOrNone(0, 65_535).describe(
    'Separate port for `/metrics`; by default, the server itself serves it',
  ),
  DOCSPOOL_METRICS_HOST: z
    .string()
    .min(1, 'expected an address such as 127.0.0.1')
    .default('127.0.0.1')
    .describe('Address for that port'),
  DOCSPOOL_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'expected debug, info, warn, error or silent')
    .default('info')
    .describe('Lowest level that is logged'),
})

const NAMES = Object.keys(Environment.shape)

/** The settings, in the names and units that the code uses. */
export interface Config extends WebhookConfig, FollowConfig {
  host: string
  port: number
  /** Absolute. */
  spoolDir: string
  /** `null`: jobs and documents are in the spool. Otherwise they are there, and the spool is the folder of this machine. */
  databaseUrl: string | null
  /** Limit of the documents in the folder of this machine beside a database. */
  docsCacheBytes: number
  /** The id of the spool, or whether there must be one. */
  expectSpool: string | boolean
  concurrency: number
  queueSize: number
  cacheExpiryMs: number
  /** 0 for no limit. */
  maxDocsBytes: number
  keepJobsMs: number
  retryCooldownMs: number
  revalidateMs: number
  cloneTimeoutMs: number
  /** 0 for all. */
  cloneDepth: number
  clonesPerHost: number
  jobTimeoutMs: number
  /** How long running jobs may continue after a shutdown request, before they are handed back. */
  drainMs: number
  jobMemoryBytes: number
  maxRepoBytes: number
  maxFiles: number
  maxFileBytes: number
  /** Lower case, `host` or `host:port` or `*`. */
  allowedHosts: string[]
  allowPrivateNetworks: boolean
  /** Absolute. */
  localRepos: string[]
  gitTokens: GitTokens
  /** `null`: SSH URLs are refused. */
  ssh: SshSettings | null
  /** Whether jobs with a git token are private; see `private-jobs.ts`. */
  privateDocs: PrivateDocs
  /** By host. */
  sourceLinks: SourceLinks
  /** Scheme and host alone, `https://docs.example.org`; `null` when not set. */
  publicOrigin: string | null
  access: AccessConfig
  /** `null`: documents are made offline. */
  llm: LlmSettings | null
  /** What is missing when a model is configured incompletely. Documents are then made offline. */
  llmLack: LlmLack | null
  /** `null`: the server's own port serves `/metrics`. */
  metricsPort: number | null
  metricsHost: string
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/**
 * Parse the environment.
 *
 * @param overrides - Values by variable name that override the environment (command-line flags).
 * @throws {BadConfiguration} A value is invalid.
 */
export function readConfig(
  overrides: Record<string, string | undefined> = {},
  environment: Record<string, string | undefined> = process.env,
): Config {
  const given = gatherSettings(NAMES, overrides, environment)
  hideValues([...given].filter(([name]) => SECRET.test(name)).flatMap(([, { value = '' }]) => partsOfSecret(value)))
  hideValues(databaseSecrets(given.get('DOCSPOOL_DATABASE_URL')?.value))
  const parsed = Environment.safeParse(Object.fromEntries([...given].map(([name, { value }]) => [name, value])))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0] ?? 'configuration')
    throw new BadConfiguration(`${describeGiven(name, given.get(name))}: ${issue?.message ?? 'invalid value'}`)
  }
  const env = parsed.data
  const hosts = env.DOCSPOOL_ALLOWED_HOSTS.map((host) => host.toLowerCase())
  const oddHost = hosts.find((host) => !HostName.test(host))
  if (oddHost !== undefined) {
    throw new BadConfiguration(
      `DOCSPOOL_ALLOWED_HOSTS: expected host names such as github.com or git.example.org:8443, found ${JSON.stringify(oddHost)}`,
    )
  }
  return {
    host: env.DOCSPOOL_HOST,
    port: env.DOCSPOOL_PORT,
    spoolDir: path.resolve(env.DOCSPOOL_SPOOL_DIR),
    databaseUrl: env.DOCSPOOL_DATABASE_URL || null,
    docsCacheBytes: Math.ceil(env.DOCSPOOL_DOCS_CACHE_GB * 1_073_741_824),
    expectSpool: env.DOCSPOOL_EXPECT_SPOOL,
    concurrency: env.DOCSPOOL_CONCURRENCY,
    queueSize: env.DOCSPOOL_QUEUE_SIZE,
    cacheExpiryMs: env.DOCSPOOL_CACHE_EXPIRY_DAYS * 86_400_000,
    maxDocsBytes: Math.ceil(env.DOCSPOOL_MAX_DOCS_GB * 1_073_741_824),
    keepJobsMs: env.DOCSPOOL_JOB_CLEANUP_HOURS * 3_600_000,
    retryCooldownMs: env.DOCSPOOL_RETRY_COOLDOWN_MINUTES * 60_000,
    revalidateMs: env.DOCSPOOL_REVALIDATE_MINUTES * 60_000,
    cloneTimeoutMs: env.DOCSPOOL_CLONE_TIMEOUT_S * 1_000,
    cloneDepth: env.DOCSPOOL_CLONE_DEPTH,
    clonesPerHost: env.DOCSPOOL_CLONES_PER_HOST,
    jobTimeoutMs: env.DOCSPOOL_JOB_TIMEOUT_S * 1_000,
    drainMs: env.DOCSPOOL_DRAIN_S * 1_000,
    jobMemoryBytes: env.DOCSPOOL_JOB_MEMORY_MB * 1_048_576,
    maxRepoBytes: env.DOCSPOOL_MAX_REPO_MB * 1_048_576,
    maxFiles: env.DOCSPOOL_MAX_FILES,
    maxFileBytes: env.DOCSPOOL_MAX_FILE_KB * 1_024,
    allowedHosts: hosts,
    allowPrivateNetworks: env.DOCSPOOL_ALLOW_PRIVATE_NETWORKS,
    localRepos: env.DOCSPOOL_LOCAL_REPOS.map((folder) => path.resolve(folder)),
    gitTokens: readGitTokens(env),
    ssh: readSsh(env),
    privateDocs: env.DOCSPOOL_PRIVATE_DOCS,
    sourceLinks: parseSourceLinks(env.DOCSPOOL_SOURCE_LINKS),
    publicOrigin: env.DOCSPOOL_PUBLIC_URL === undefined ? null : new URL(env.DOCSPOOL_PUBLIC_URL).origin,
    access: readAccess(env),
    ...readWebhooks(env),
    ...readFollows(env),
    llm: readLlm(env),
    llmLack: findLlmLack(env),
    metricsPort: env.DOCSPOOL_METRICS_PORT ?? null,
    metricsHost: env.DOCSPOOL_METRICS_HOST,
    logLevel: env.DOCSPOOL_LOG_LEVEL,
  }
}

/** A secret and its parts, so that each token of `host=token,host=token` is hidden. */
const partsOfSecret = (secret: string): string[] => [
  secret,
  ...secret.split(/[\s,]+/).map((part) => part.replace(/^[^=]*=/, '')),
]

/** `DOCSPOOL_PORT="x"` and its source, without secrets. */
function describeGiven(name: string, given: GivenSetting | undefined): string {
  const where = given?.from == null ? '' : ` (from ${given.from})`
  return SECRET.test(name) ? `${name}${where}` : `${name}=${scrub(JSON.stringify(given?.value))}${where}`
}

/** Unknown variables that look like settings, each with the most similar setting. */
export function unknownSettings(
  environment: Record<string, string | undefined> = process.env,
): { name: string; nearest: string | null }[] {
  return Object.keys(environment)
    .filter((name) => /^DOCSPOOL_/i.test(name) && name !== SERVER_ADDRESS && !FOR_TESTS.includes(name))
    .filter((name) => !NAMES.includes(name) && settingOfFile(name, NAMES) === undefined)
    .sort()
    .map((name) => {
      const near = NAMES.map((each) => ({ each, distance: distanceOf(each, name.slice(0, 100).toUpperCase()) }))
      const [best] = near.sort((a, b) => a.distance - b.distance)
      const isNear = best !== undefined && best.distance <= Math.ceil((name.length - 'DOCSPOOL_'.length) / 3)
      return { name, nearest: isNear ? best.each : null }
    })
}

/** A setting in effect, for display. */
export interface ShownSetting {
  name: string
  /** The value as given, or the default; `[hidden]` for secrets; empty if not set. */
  value: string
  source: GivenSetting['source']
  /** Another name of the variable, or the file. */
  from: string | null
}

/** All settings with their values and sources, without secrets. @throws {BadConfiguration} As `readConfig`. */
export function showSettings(
  overrides: Record<string, string | undefined> = {},
  environment: Record<string, string | undefined> = process.env,
): ShownSetting[] {
  readConfig(overrides, environment)
  const given = gatherSettings(NAMES, overrides, environment)
  return listSettings().map(({ name, fallback }) => {
    const { value, source, from } = given.get(name) ?? { value: undefined, source: 'default', from: null }
    const shown = value === undefined ? fallback : SECRET.test(name) && value !== '' ? '[hidden]' : scrub(value)
    return { name, value: shown, source, from }
  })
}

/** The environment for a child process: this process's own, with some values replaced. */
export const childEnvironment = (overrides: Record<string, string | undefined>): Record<string, string | undefined> =>
  replaceSettings(process.env, overrides)

/** The environment for a worker, and the secrets to send to it. */
export const workerEnvironment = (overrides: Record<string, string | undefined>): WorkerEnvironment =>
  workerEnvironmentOf(childEnvironment(overrides), NAMES, (name) => SECRET.test(name), FOR_TESTS)

/** Variables set by a service manager: sd_notify(3), sd_watchdog_enabled(3). */
const OF_SERVICE_MANAGER = ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'] as const

/** Read and delete these variables. They are for this process only; child processes must not inherit them. */
export function takeServiceManager(): Partial<Record<(typeof OF_SERVICE_MANAGER)[number], string>> {
  const taken = Object.fromEntries(OF_SERVICE_MANAGER.map((name) => [name, process.env[name]]))
  for (const name of OF_SERVICE_MANAGER) delete process.env[name]
  return taken
}

/** The server that commands connect to, `https://docs.example.org`. A setting of the command line, not of a server. */
export const serverAddress = (): string | undefined => process.env[SERVER_ADDRESS] || undefined

/** For tests: where this process should die, stop or fail (see `failpoint`). Not a setting. */
export const readFailpoint = (): string | undefined => process.env[FAILPOINT]

/** For tests: an internal error in one file fails the whole generation (see `generate/incidents.ts`). Not a setting. */
export const areIncidentsFatal: boolean = process.env[FATAL_INCIDENTS] === '1'

/** The user's cache folder (XDG Base Directory Specification): `~/.cache/docspool`. */
export const userCacheFolder = (environment: Record<string, string | undefined> = process.env): string =>
  cacheFolderOf(environment)

/** The flag of a setting: `DOCSPOOL_SPOOL_DIR` → `--spool-dir`. */
export const flagOf = (name: string): string =>
  `--${name
    .replace(/^DOCSPOOL_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`

function parseSourceLinks(items: string[]): SourceLinks {
  const links = new Map<string, SourceLinkForm>()
  for (const item of items) {
    const [host, form] = item.toLowerCase().split('=')
    if (host === undefined || !HostName.test(host) || !LinkForms.has(form as SourceLinkForm)) {
      throw new BadConfiguration(
        `DOCSPOOL_SOURCE_LINKS: expected host=github, gitlab, bitbucket, gitea or docspool, found ${JSON.stringify(item)}`,
      )
    }
    links.set(host, form as SourceLinkForm)
  }
  return links
}

const LinkForms: ReadonlySet<SourceLinkForm> = new Set(['github', 'gitlab', 'bitbucket', 'gitea', 'docspool'])

/** A row of the table of settings. */
export interface Setting {
  name: string
  fallback: string
  meaning: string
}

/** Every setting with its default, for docs/settings.md and for `--help`. */
export function listSettings(): Setting[] {
  const defaults = Environment.parse({})
  return Object.entries(Environment.shape).map(([name, schema]) => ({
    name,
    fallback: String(defaults[name as keyof typeof defaults] ?? ''),
    meaning: schema.description ?? '',
  }))
}
