/** Finds the environment variables that the program itself sets, for itself or for the processes that it starts. */

import { hasText } from '#base/find-text.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const MAX_CHARS = 300_000
const MAX_LINE = 300
const NAME = '([A-Z_][A-Z0-9_]{1,80})'
/** Matches `setenv("X"`, `.env("X",`, `env["X"] =`, `process.env.X =`; calls that only give a default are others. */
const SETS = new RegExp(
  String.raw`(?:\b(?:set_?env|putenv|set_var|Setenv|SetEnvironmentVariable|environ\.pop|\w{0,20}env\.pop)\(\s{0,20}["']${NAME}|\.env\(\s{0,20}["']${NAME}["']\s{0,3},|(?<![\w.])(?:os\.|process\.)?\w{0,20}(?:env|ENV)(?:iron)?(?:_\w{1,20})?(?:\[["']${NAME}["']\]|\.${NAME})\s{0,3}=(?![=~]))`,
  'g',
)
/** Matches an assignment of a shell: `export X=1`, `X=1 command`. */
const SHELL = new RegExp(String.raw`(?:^|[\s;&|({])${NAME}=(?!=)`, 'g')

const known = new WeakMap<RepoIndex, ReadonlySet<string>>()

/** @param isOwn - Whether a file belongs to the program. A value that is made of the variable itself is only a default. */
export function variablesSet(repo: RepoIndex, isOwn: (path: string) => boolean): ReadonlySet<string> {
  const found = known.get(repo) ?? findSet(repo, isOwn)
  known.set(repo, found)
  return found
}

function findSet(repo: RepoIndex, isOwn: (path: string) => boolean): Set<string> {
  const found = new Set<string>()
  for (const { path, text, language } of repo.files.values()) {
    const isShell = language === 'bash'
    if (text === null || !isOwn(path) || !(isShell || hasText(text, 'env') || hasText(text, 'ENV'))) continue
    for (const line of text.slice(0, MAX_CHARS).split('\n')) {
      if (
        line.length > MAX_LINE ||
        (!line.includes(isShell ? '=' : '"') && !line.includes("'") && !line.includes('env.'))
      )
        continue
      for (const match of line.matchAll(isShell ? SHELL : SETS)) {
        const name = match.slice(1).find((one) => one !== undefined)
        const value = line.slice(match.index + match[0].length)
        if (name !== undefined && !value.includes(name)) found.add(name)
      }
    }
  }
  return found
}
