/** The settings: environment variables with their schemas, defaults and descriptions. */

import { availableParallelism, totalmem } from 'node:os'
import { z } from 'zod'
import { AccessSettings } from './access-settings.ts'
import { DatabaseSettings } from './database-settings.ts'
import { FollowSettings } from './follow-settings.ts'
import { GitSettings } from './git-settings.ts'
import { ModelSettings } from './model-settings.ts'
import { folders, fraction, list, spoolExpectation, whole, wholeOrNone, yesNo } from './setting-types.ts'
import { WebhookSettings } from './webhook-settings.ts'

/** Matches the names of settings whose value is secret. */
export const SECRET_SETTING = /(?:_KEY|_TOKEN|_SECRET|_PASSWORD|GIT_TOKENS|HOOK_SECRETS|DATABASE_URL)$/

/** A host name with an optional port, or `*`. */
export const HOST_NAME = /^(?:\*|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?)$/

/** Settings by environment variable; docs/settings.md has the same order and texts. */
export const Environment = z.object({
  DOCSPOOL_HOST: z
    .string()
    .min(1, 'expected an address such as 127.0.0.1')
    .default('127.0.0.1')
    .describe('Address the server listens on'),
  DOCSPOOL_PORT: whole(8000, 0, 65_535).describe('Port; 0 picks a free one'),
  DOCSPOOL_SPOOL_DIR: z
    .string()
    .min(1, 'expected a folder such as ./spool')
    .refine((folder) => !folder.includes('\uFFFD'), 'expected a name in UTF-8')
    .default('./spool')
    .describe('Folder for jobs and documents'),
  DOCSPOOL_EXPECT_SPOOL: spoolExpectation.describe(
    '`true`: never create a spool except with `init`, so that an unmounted disk is noticed. An id (from the file `LAYOUT` of the spool): wait for that spool',
  ),
  DOCSPOOL_CONCURRENCY: whole(Math.max(1, Math.min(4, availableParallelism() - 1)), 1, 64).describe(
    'Maximum number of concurrent jobs',
  ),
  DOCSPOOL_QUEUE_SIZE: whole(100_000, 1, 10_000_000).describe('Jobs that may wait; further submissions get a 503'),
  DOCSPOOL_CACHE_EXPIRY_DAYS: whole(365, 0, 36_500).describe(
    'How long a pinned commit is served from the cache, and how long unread documents are kept (at least a day)',
  ),
  DOCSPOOL_MAX_DOCS_GB: fraction(20, 0, 1_000_000).describe(
    'Disk space for documents (and, without a database, the global search index), for example 0.5; the least recently read documents are removed first; 0 for no limit',
  ),
  DOCSPOOL_JOB_CLEANUP_HOURS: whole(24_000, 1, 876_000).describe('How long finished jobs are kept'),
  DOCSPOOL_RETRY_COOLDOWN_MINUTES: whole(3, 0, 10_080).describe(
    'How long to wait before a failed job may be submitted again',
  ),
  DOCSPOOL_REVALIDATE_MINUTES: whole(60, 0, 525_600).describe(
    'How long a branch is served without asking its host for a newer commit',
  ),
  DOCSPOOL_CLONE_TIMEOUT_S: whole(300, 1, 86_400).describe('Time limit of a clone, seconds'),
  DOCSPOOL_CLONE_DEPTH: whole(1, 0, 1_000_000).describe('Commits to fetch; 0 fetches all'),
  DOCSPOOL_KEEP_WORKER_READY: yesNo(totalmem() >= 2 * 1_073_741_824).describe(
    'Keep a worker loaded for the next job while none runs; this saves a second and takes 200 MB',
  ),
  DOCSPOOL_CLONES_PER_HOST: whole(2, 1, 64).describe('Simultaneous clones from one host'),
  DOCSPOOL_JOB_TIMEOUT_S: whole(1_800, 1, 604_800).describe('Time limit of a job, seconds'),
  DOCSPOOL_DRAIN_S: whole(20, 0, 86_400).describe(
    'How long running jobs may continue when docspool is stopped, seconds; then they return to the queue',
  ),
  DOCSPOOL_JOB_MEMORY_MB: whole(4_096, 256, 1_048_576).describe('Memory limit of a job'),
  DOCSPOOL_MAX_REPO_MB: whole(1_024, 1, 1_048_576).describe('Maximum download size of a clone'),
  DOCSPOOL_MAX_FILES: whole(50_000, 1, 10_000_000).describe(
    'Maximum number of files to read; the others are listed as skipped',
  ),
  DOCSPOOL_MAX_FILE_KB: whole(2_048, 1, 102_400).describe('Maximum size of a file to read'),
  DOCSPOOL_ALLOWED_HOSTS: list('github.com,gitlab.com,bitbucket.org,codeberg.org').describe(
    'Hosts to clone from; `host:port` allows a port, `*` every public host',
  ),
  DOCSPOOL_ALLOW_PRIVATE_NETWORKS: yesNo(false).describe(
    'Allow private and loopback addresses, and http, for clones and callbacks',
  ),
  DOCSPOOL_LOCAL_REPOS: folders().describe(
    'Folders below which `file://` repositories are allowed, separated by `:`, such as `/srv/git:/srv/projects`; `\\:` is a colon in a path',
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
    .describe('Minimum level to log'),
})

export const SETTING_NAMES = Object.keys(Environment.shape)

/** The flag of a setting: `DOCSPOOL_SPOOL_DIR` → `--spool-dir`. */
export const flagOf = (name: string): string =>
  `--${name
    .replace(/^DOCSPOOL_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`

/** A row in the table of settings. */
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
