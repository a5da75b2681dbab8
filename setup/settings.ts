/** Writes docs/settings.md from the schema of the settings: `node --import tsx setup/settings.ts`. A test checks that it is up to date. */

import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { settingGroups } from '#base/setting-groups.ts'
import type { Setting } from '#base/settings.ts'

export const SETTINGS_PAGE = new URL('../docs/settings.md', import.meta.url)

const HEAD = `# Settings

Settings are environment variables, or flags of the same names (\`DOCSPOOL_SPOOL_DIR\` is \`--spool-dir\`). Any of them can come from a file, such as
\`LLM_API_KEY_FILE=/run/secrets/key\`. If one is invalid, docspool names it and does not start. [operations.md](operations.md#check-the-machine) explains \`check-config\` and
\`--print-config\`.

\`DOCSPOOL_URL\` is not a setting of the server: it is the server's URL for commands that call one (\`submit\`, \`wait\`, \`ask\`, …).
`

/** Descriptions of defaults that depend on the machine. */
const IN_WORDS: Readonly<Record<string, string>> = {
  DOCSPOOL_CONCURRENCY: 'cores less one, 1 to 4',
  DOCSPOOL_KEEP_WORKER_READY: '`true` with 2 GB of memory or more',
}

export function settingsPage(): string {
  return [HEAD, ...[...settingGroups()].map(([title, settings]) => sectionOf(title, settings))].join('\n')
}

function sectionOf(title: string, settings: readonly Setting[]): string {
  const rows = settings.map(({ name, fallback, meaning }) => {
    const shown = IN_WORDS[name] ?? (fallback === '' ? '' : `\`${fallback}\``)
    return `| \`${name}\` | ${shown} | ${meaning} |`
  })
  return [`## ${title}\n`, '| variable | default | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(SETTINGS_PAGE, settingsPage())
