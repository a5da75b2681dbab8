/** Writes docs/settings.md from the schema of the settings: `node --import tsx setup/settings.ts`. A test checks that it is up to date. */

import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { listSettings, type Setting } from '#base/settings.ts'

export const SETTINGS_PAGE = new URL('../docs/settings.md', import.meta.url)

const HEAD = `# Settings

Settings are environment variables, or flags of the same names (\`DOCSPOOL_SPOOL_DIR\` is \`--spool-dir\`). Any of them can come from a file, such as
\`LLM_API_KEY_FILE=/run/secrets/key\`. If one is invalid, docspool names it and does not start. [operations.md](operations.md#check-the-machine) explains \`check-config\` and
\`--print-config\`.

\`DOCSPOOL_URL\` is not a setting of the server: it is the server's URL for commands that call one (\`submit\`, \`wait\`, \`ask\`, …).
`

/** Titles of groups, each with a pattern for names of settings; the first match applies. */
const GROUPS: readonly [string, RegExp][] = [
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

/** Descriptions of defaults that depend on the machine. */
const IN_WORDS: Readonly<Record<string, string>> = {
  DOCSPOOL_CONCURRENCY: 'cores less one, 1 to 4',
  DOCSPOOL_KEEP_WORKER_READY: '`true` with 2 GB of memory or more',
}

export function settingsPage(): string {
  const groups = new Map<string, Setting[]>([...GROUPS].reverse().map(([title]) => [title, []]))
  for (const setting of listSettings()) {
    const name = setting.name.replace(/^DOCSPOOL_/, '')
    const [title] = GROUPS.find(([, names]) => names.test(name)) ?? []
    if (title === undefined) throw new Error(`${setting.name} matches no group in setup/settings.ts`)
    groups.get(title)?.push(setting)
  }
  return [HEAD, ...[...groups].map(([title, settings]) => sectionOf(title, settings))].join('\n')
}

function sectionOf(title: string, settings: readonly Setting[]): string {
  const rows = settings.map(({ name, fallback, meaning }) => {
    const shown = IN_WORDS[name] ?? (fallback === '' ? '' : `\`${fallback}\``)
    return `| \`${name}\` | ${shown} | ${meaning} |`
  })
  return [`## ${title}\n`, '| variable | default | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(SETTINGS_PAGE, settingsPage())
