/** The settings that each command uses, for its help. Commands accept all settings, so that one command line works for all. */

const LOG = ['LOG_LEVEL']
const SPOOL = ['SPOOL_DIR', 'DATABASE_URL', ...LOG]
const OPEN_SPOOL = [...SPOOL, 'EXPECT_SPOOL', 'DOCS_CACHE_GB']
const SOURCES = ['ALLOWED_HOSTS', 'ALLOW_PRIVATE_NETWORKS', 'LOCAL_REPOS']
const LISTEN = ['HOST', 'PORT', 'PUBLIC_URL', 'METRICS_PORT', 'METRICS_HOST']
const ACCESS = [
  'TOKEN',
  'TOKEN_FOR',
  'NOTES_DOCS',
  'TRUSTED_PROXIES',
  'SUBMISSIONS_PER_HOUR',
  'SEARCHES_PER_MINUTE',
  'QUESTIONS_PER_HOUR',
  'JOBS_PER_CLIENT',
  'MAX_STREAMS',
  'STREAMS_PER_CLIENT',
]
const SSH = ['SSH_KEY_FILE', 'SSH_KNOWN_HOSTS_FILE']
const PRIVATE = ['GIT_TOKENS_FILE', ...SSH]
const CALLBACKS = ['WEBHOOK_SECRET', 'CALLBACK_HOSTS']
const FOLLOWS = ['MAX_FOLLOWS', 'HOOK_SECRETS', 'HOOKS_PER_MINUTE']
const ADMIT = ['QUEUE_SIZE', 'CACHE_EXPIRY_DAYS', 'RETRY_COOLDOWN_MINUTES', 'REVALIDATE_MINUTES']
const KEEP = ['CACHE_EXPIRY_DAYS', 'MAX_DOCS_GB', 'JOB_CLEANUP_HOURS']
const READ = ['CLONE_TIMEOUT_S', 'CLONE_DEPTH', 'MAX_REPO_MB', 'MAX_FILES', 'MAX_FILE_KB', 'SOURCE_LINKS']
const MODEL = ['LLM_BASE_URL', 'LLM_API_KEY', 'MAIN_MODEL']
const ASK = [
  'CLUSTER_MODEL',
  'FALLBACK_MODEL_1',
  'LLM_CONCURRENCY',
  'LLM_TIMEOUT_S',
  'CONTEXT_TOKENS',
  'PRICES',
  'MAX_COST_USD',
  'MAX_TOKENS',
  'MAX_CALLS',
]
const DAY = ['MAX_COST_USD_PER_DAY', 'MAX_TOKENS_PER_DAY', 'MAX_CALLS_PER_DAY']
const RUN = ['CONCURRENCY', 'KEEP_WORKER_READY', 'CLONES_PER_HOST', 'JOB_TIMEOUT_S', 'JOB_MEMORY_MB', ...READ]

const USED: Readonly<Record<string, readonly string[]>> = {
  serve: [
    ...LISTEN,
    'DRAIN_S',
    ...ACCESS,
    ...CALLBACKS,
    ...FOLLOWS,
    ...OPEN_SPOOL,
    ...SOURCES,
    ...SSH,
    'PRIVATE_DOCS',
    ...ADMIT,
    ...MODEL,
    'MODELS',
    ...DAY,
  ],
  supervise: [
    ...OPEN_SPOOL,
    ...CALLBACKS,
    'KEPT_OBJECTS_MB',
    ...SOURCES,
    ...PRIVATE,
    'PRIVATE_DOCS',
    'DRAIN_S',
    ...RUN,
    ...KEEP,
    ...MODEL,
    ...ASK,
    ...DAY,
  ],
  generate: [...READ, ...SOURCES, ...PRIVATE, ...LOG, ...MODEL, ...ASK, ...DAY],
  diff: [...READ, ...SOURCES, ...PRIVATE, ...LOG],
  gc: [...SPOOL, ...KEEP],
  init: ['SPOOL_DIR', ...LOG],
  migrate: ['DATABASE_URL', ...LOG],
  move: ['DATABASE_URL', ...LOG],
  jobs: SPOOL,
  fsck: SPOOL,
  pause: SPOOL,
  resume: SPOOL,
  drain: SPOOL,
  doctor: ['HOST', 'PORT', 'TOKEN', 'SPOOL_DIR', 'DATABASE_URL', 'ALLOWED_HOSTS', ...LOG, ...MODEL],
}

/** @param setting - `DOCSPOOL_PORT`. A command that is not in the table (`up`, `demo`) uses all settings. */
export const isUsedBy = (command: string, setting: string): boolean =>
  !Object.hasOwn(USED, command) || USED[command]?.includes(setting.replace(/^DOCSPOOL_/, '')) === true

/** @param nearest - A setting with a similar name; `null` if there is none. */
export const unknownText = (name: string, nearest: string | null): string =>
  `${name} is not a setting and is ignored${nearest === null ? '' : `; did you mean ${nearest}?`}`
