/**
 * The configuration, read from the environment. This is the only file that reads `process.env`. All settings have defaults;
 * an invalid value stops the program with a message that names the setting.
 */

import path from 'node:path'
import { type AccessConfig, readAccess } from './access-settings.ts'
import type { SourceLinkForm, SourceLinks } from './code-host-links.ts'
import { databaseSecrets, readSecretKey } from './database-settings.ts'
import { distanceOf } from './distance.ts'
import { type FollowConfig, readFollowSettings } from './follow-settings.ts'
import { type PrivateDocs, readGitTokens, readSsh, type SshSettings } from './git-settings.ts'
import type { GitTokens } from './git-tokens.ts'
import { findLlmLack, type LlmLack, type LlmSettings, readLlm } from './model-settings.ts'
import { hideValues, scrub } from './scrub.ts'
import { type GivenSetting, gatherSettings, replaceSettings, settingOfFile } from './setting-sources.ts'
import { BadConfiguration } from './setting-types.ts'
import { Environment, HOST_NAME, listSettings, SECRET_SETTING, SETTING_NAMES } from './settings.ts'
import { cacheFolderOf } from './user-cache.ts'
import { readWebhooks, type WebhookConfig } from './webhook-settings.ts'
import { type WorkerEnvironment, workerEnvironmentOf } from './worker-environment.ts'

const FAILPOINT = 'DOCSPOOL_FAILPOINT'
const FATAL_INCIDENTS = 'DOCSPOOL_FATAL_INCIDENTS'
/** The server that commands connect to. For the command line and tests: not in docs/settings.md, and without a flag. */
const SERVER_ADDRESS = 'DOCSPOOL_URL'
/** Variables that only tests set. */
const FOR_TESTS: readonly string[] = [FAILPOINT, FATAL_INCIDENTS]

/** The settings, with the names and units that the code uses. */
export interface Config extends WebhookConfig, FollowConfig {
  host: string
  port: number
  /** The absolute path of the spool. */
  spoolDir: string
  /**
   * URL of the PostgreSQL database for jobs and documents; the spool is then a working folder of this machine. `null` if jobs and
   * documents are in the spool.
   */
  databaseUrl: string | null
  /** With a database, the space for this machine's copies of documents. */
  docsCacheBytes: number
  /** The 32-byte key that seals git tokens in the database; `null` if they are refused with a database. */
  secretKey: Buffer | null
  /** The id of the expected spool, or whether a spool must already exist. */
  expectSpool: string | boolean
  concurrency: number
  queueSize: number
  cacheExpiryMs: number
  /** Space for documents; 0 for no limit. */
  maxDocsBytes: number
  keepJobsMs: number
  retryCooldownMs: number
  revalidateMs: number
  cloneTimeoutMs: number
  /** Number of commits to fetch; 0 for all. */
  cloneDepth: number
  clonesPerHost: number
  /** Whether a worker is started before its job is known. */
  keepsWorkerReady: boolean
  jobTimeoutMs: number
  /** How long running jobs may continue after a shutdown request before they are returned to the queue. */
  drainMs: number
  jobMemoryBytes: number
  maxRepoBytes: number
  maxFiles: number
  maxFileBytes: number
  /** Hosts to clone from, in lower case: `host`, `host:port` or `*`. */
  allowedHosts: string[]
  allowPrivateNetworks: boolean
  /** Absolute paths of folders that may contain `file://` repositories. */
  localRepos: string[]
  gitTokens: GitTokens
  /** `null` if SSH URLs are refused. */
  ssh: SshSettings | null
  /** Whether jobs with a git token are private; see `private-jobs.ts`. */
  privateDocs: PrivateDocs
  /** Link formats, keyed by host. */
  sourceLinks: SourceLinks
  /** Only scheme and host, such as `https://docs.example.org`; `null` if not set. */
  publicOrigin: string | null
  access: AccessConfig
  /** `null` if no model is used. */
  llm: LlmSettings | null
  /** The missing part if a model is configured incompletely; no model is used then. */
  llmLack: LlmLack | null
  /** `null` if the server's own port serves `/metrics`. */
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
  const given = gatherSettings(SETTING_NAMES, overrides, environment)
  hideValues(
    [...given].filter(([name]) => SECRET_SETTING.test(name)).flatMap(([, { value = '' }]) => partsOfSecret(value)),
  )
  hideValues(databaseSecrets(given.get('DOCSPOOL_DATABASE_URL')?.value))
  const parsed = Environment.safeParse(Object.fromEntries([...given].map(([name, { value }]) => [name, value])))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0] ?? 'configuration')
    throw new BadConfiguration(`${describeGiven(name, given.get(name))}: ${issue?.message ?? 'invalid value'}`)
  }
  const env = parsed.data
  const hosts = env.DOCSPOOL_ALLOWED_HOSTS.map((host) => host.toLowerCase())
  const invalidHost = hosts.find((host) => !HOST_NAME.test(host))
  if (invalidHost !== undefined) {
    throw new BadConfiguration(
      `DOCSPOOL_ALLOWED_HOSTS: expected host names such as github.com or git.example.org:8443, found ${JSON.stringify(invalidHost)}`,
    )
  }
  return {
    host: env.DOCSPOOL_HOST,
    port: env.DOCSPOOL_PORT,
    spoolDir: path.resolve(env.DOCSPOOL_SPOOL_DIR),
    databaseUrl: env.DOCSPOOL_DATABASE_URL || null,
    docsCacheBytes: Math.ceil(env.DOCSPOOL_DOCS_CACHE_GB * 1_073_741_824),
    secretKey: readSecretKey(env.DOCSPOOL_SECRET_KEY),
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
    keepsWorkerReady: env.DOCSPOOL_KEEP_WORKER_READY,
    jobTimeoutMs: env.DOCSPOOL_JOB_TIMEOUT_S * 1_000,
    drainMs: env.DOCSPOOL_DRAIN_S * 1_000,
    jobMemoryBytes: env.DOCSPOOL_JOB_MEMORY_MB * 1_048_576,
    maxRepoBytes: env.DOCSPOOL_MAX_REPO_MB * 1_048_576,
    maxFiles: env.DOCSPOOL_MAX_FILES,
    maxFileBytes: env.DOCSPOOL_MAX_FILE_KB * 1_024,
    allowedHosts: hosts,
    allowPrivateNetworks: env.DOCSPOOL_ALLOW_PRIVATE_NETWORKS,
    localRepos: env.DOCSPOOL_LOCAL_REPOS.map((folder) => path.resolve(folder)),
    gitTokens: readGitTokens(env, env.DOCSPOOL_SPOOL_DIR),
    ssh: readSsh(env, env.DOCSPOOL_SPOOL_DIR),
    privateDocs: env.DOCSPOOL_PRIVATE_DOCS,
    sourceLinks: parseSourceLinks(env.DOCSPOOL_SOURCE_LINKS),
    publicOrigin: env.DOCSPOOL_PUBLIC_URL === undefined ? null : new URL(env.DOCSPOOL_PUBLIC_URL).origin,
    access: readAccess(env),
    ...readWebhooks(env),
    ...readFollowSettings(env),
    llm: readLlm(env),
    llmLack: findLlmLack(env),
    metricsPort: env.DOCSPOOL_METRICS_PORT ?? null,
    metricsHost: env.DOCSPOOL_METRICS_HOST,
    logLevel: env.DOCSPOOL_LOG_LEVEL,
  }
}

/** A secret and its parts, so that each token in `host=token,host=token` is hidden. */
const partsOfSecret = (secret: string): string[] => [
  secret,
  ...secret.split(/[\s,]+/).map((part) => part.replace(/^[^=]*=/, '')),
]

/** A setting for error messages, such as `DOCSPOOL_PORT="x" (from …)`, without secrets. */
function describeGiven(name: string, given: GivenSetting | undefined): string {
  const where = given?.from == null ? '' : ` (from ${given.from})`
  return SECRET_SETTING.test(name) ? `${name}${where}` : `${name}=${scrub(JSON.stringify(given?.value))}${where}`
}

/** Unknown variables that look like settings, each with the most similar setting; `null` if none is similar. */
export function unknownSettings(
  environment: Record<string, string | undefined> = process.env,
): { name: string; nearest: string | null }[] {
  return Object.keys(environment)
    .filter((name) => /^DOCSPOOL_/i.test(name) && name !== SERVER_ADDRESS && !FOR_TESTS.includes(name))
    .filter((name) => !SETTING_NAMES.includes(name) && settingOfFile(name, SETTING_NAMES) === undefined)
    .sort()
    .map((name) => {
      const near = SETTING_NAMES.map((each) => ({ each, distance: distanceOf(each, name.slice(0, 100).toUpperCase()) }))
      const [best] = near.sort((a, b) => a.distance - b.distance)
      const isNear = best !== undefined && best.distance <= Math.ceil((name.length - 'DOCSPOOL_'.length) / 3)
      return { name, nearest: isNear ? best.each : null }
    })
}

/** An effective setting, for display. */
export interface ShownSetting {
  name: string
  /** The given value or the default; `[hidden]` for secrets; empty if not set. */
  value: string
  source: GivenSetting['source']
  /** The name of the variable if it differs from the setting, or the path of the file. */
  from: string | null
}

/** All settings with their values and sources, without secrets. @throws {BadConfiguration} A value is invalid. */
export function showSettings(
  overrides: Record<string, string | undefined> = {},
  environment: Record<string, string | undefined> = process.env,
): ShownSetting[] {
  readConfig(overrides, environment)
  const given = gatherSettings(SETTING_NAMES, overrides, environment)
  return listSettings().map(({ name, fallback }) => {
    const { value, source, from } = given.get(name) ?? { value: undefined, source: 'default', from: null }
    const shown = value === undefined ? fallback : SECRET_SETTING.test(name) && value !== '' ? '[hidden]' : scrub(value)
    return { name, value: shown, source, from }
  })
}

/** Names of the settings that were given a value. */
export const givenSettings = (overrides: Record<string, string | undefined>): Set<string> =>
  new Set(
    [...gatherSettings(SETTING_NAMES, overrides, process.env)]
      .filter(([, { source }]) => source !== 'default')
      .map(([name]) => name),
  )

/** The environment for a child process: a copy of this process's environment with some values replaced. */
export const childEnvironment = (overrides: Record<string, string | undefined>): Record<string, string | undefined> =>
  replaceSettings(process.env, overrides)

/** The environment for a worker, and the secrets to send to it. */
export const workerEnvironment = (overrides: Record<string, string | undefined>): WorkerEnvironment =>
  workerEnvironmentOf(childEnvironment(overrides), SETTING_NAMES, (name) => SECRET_SETTING.test(name), FOR_TESTS)

/** Variables set by a service manager: sd_notify(3), sd_watchdog_enabled(3). */
const SERVICE_MANAGER_VARIABLES = ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'] as const

/** Read the variables of the service manager and delete them, because child processes must not inherit them. */
export function takeServiceManager(): Partial<Record<(typeof SERVICE_MANAGER_VARIABLES)[number], string>> {
  const taken = Object.fromEntries(SERVICE_MANAGER_VARIABLES.map((name) => [name, process.env[name]]))
  for (const name of SERVICE_MANAGER_VARIABLES) delete process.env[name]
  return taken
}

/** The URL of the server that commands connect to, such as `https://docs.example.org`. Servers ignore it. */
export const serverAddress = (): string | undefined => process.env[SERVER_ADDRESS] || undefined

/** For tests: the point at which this process should die, stop or fail (see `failpoint`). Not a setting. */
export const readFailpoint = (): string | undefined => process.env[FAILPOINT]

/** For tests: an internal error in one file fails the whole generation (see `generate/incidents.ts`). Not a setting. */
export const areIncidentsFatal: boolean = process.env[FATAL_INCIDENTS] === '1'

/** The user's cache folder (XDG Base Directory Specification): `~/.cache/docspool`. */
export const userCacheFolder = (environment: Record<string, string | undefined> = process.env): string =>
  cacheFolderOf(environment)

function parseSourceLinks(items: string[]): SourceLinks {
  const links = new Map<string, SourceLinkForm>()
  for (const item of items) {
    const [host = '', form, ...more] = item.toLowerCase().split('=')
    if (more.length > 0 || !HOST_NAME.test(host) || !LINK_FORMS.has(form as SourceLinkForm)) {
      throw new BadConfiguration(
        `DOCSPOOL_SOURCE_LINKS: expected host=form, where form is ${[...LINK_FORMS].join(', ')}; found ${JSON.stringify(item)}`,
      )
    }
    links.set(host, form as SourceLinkForm)
  }
  return links
}

const LINK_FORMS: ReadonlySet<SourceLinkForm> = new Set(['github', 'gitlab', 'bitbucket', 'gitea', 'docspool'])
