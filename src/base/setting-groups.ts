/** Groups of the settings, for `--help` and docs/settings.md, and which settings most operators need. */

import { listSettings, type Setting } from './settings.ts'

/** Titles with patterns for names of settings; the first match applies. */
const GROUPS: readonly [title: string, names: RegExp][] = [
  ['Metrics and log', /METRICS|LOG_LEVEL/],
  ['Models', /LLM|MODEL|^ASK_|CONTEXT_TOKENS|MAX_COST|MAX_TOKENS|MAX_CALLS|PRICES/],
  ['Followed repositories', /FOLLOWS|^HOOK|KEPT_OBJECTS/],
  ['Webhooks', /WEBHOOK|CALLBACK/],
  ['Private repositories', /GIT_TOKENS|SSH|PRIVATE_DOCS/],
  ['Access', /TOKEN|NOTES|PROXIES|PER_(?:HOUR|MINUTE|CLIENT)|STREAMS/],
  ['Allowed repositories', /ALLOW|LOCAL_REPOS|SOURCE_LINKS/],
  ['Limits of a job', /CLONE|JOB_TIMEOUT|JOB_MEMORY|MAX_REPO|MAX_FILE/],
  ['Several machines', /DATABASE|DOCS_CACHE|SECRET_KEY/],
  ['Queue and cache', /SPOOL|CONCURRENCY|WORKER|QUEUE|CACHE|DOCS_GB|CLEANUP|COOLDOWN|REVALIDATE|DRAIN/],
  ['Server', /HOST|PORT|URL/],
]

const COMMON =
  /^(?:PUBLIC_URL|LLM_BASE_URL|HOST|PORT|SPOOL_DIR|CONCURRENCY|MAX_DOCS_GB|JOB_TIMEOUT_S|JOB_MEMORY_MB|MAX_REPO_MB|ALLOWED_HOSTS|LOCAL_REPOS|TOKEN|GIT_TOKENS_FILE|SSH_KEY_FILE|SSH_KNOWN_HOSTS_FILE|LLM_API_KEY|MAIN_MODEL|LOG_LEVEL)$/

const shortName = (name: string): string => name.replace(/^DOCSPOOL_/, '')

/** Whether most operators need the setting. */
export const isCommonSetting = (name: string): boolean => COMMON.test(shortName(name))

/** All settings by the titles of their groups, in the order in which they are shown. */
export function settingGroups(): Map<string, Setting[]> {
  const groups = new Map<string, Setting[]>([...GROUPS].reverse().map(([title]) => [title, []]))
  for (const setting of listSettings()) {
    const [title] = GROUPS.find(([, names]) => names.test(shortName(setting.name))) ?? []
    if (title === undefined) throw new Error(`${setting.name} matches no group in setting-groups.ts`)
    groups.get(title)?.push(setting)
  }
  return groups
}
