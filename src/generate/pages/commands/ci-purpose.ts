/** What files and jobs of CI are for, by their names and by what begins them. */

import type { SourceFile } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'

export const RANK_ASIDE = 3
/** Of what releases or updates a website nobody builds; where it tests as well, they do. */
const PUBLISHES = /\b(?:release[sd]?|releas(?:er|ing)|goreleaser|publish\w*|deploy\w*|website|gh pages)\b/
const ALSO_WORKS = /\b(?:ci|tests?|build)\b/
/** Compares the interface with that of a release, or tells others of a result. */
const COMPARES = /\b(?:api surface|backwards? compat\w*|comments?)\b/

/** Whether it may tell how to build or test, by its name and by what begins it: what follows a tag or another workflow does not. */
export function isWork(file: SourceFile | undefined): boolean {
  if (file === undefined) return true
  const { path, text } = file
  const head = headOf(text)
  const [, title = ''] = /^name: (.{1,80})$/m.exec(head) ?? []
  const words = plainWords(`${nameOf(path).replace(/\.\w+$/, '')} ${title}`)
  if (COMPARES.test(words) || isPublishing(words)) return false
  if (!path.startsWith('.github/workflows/') || !/^["']?on\b/m.test(head)) return true
  if (/\b(?:pull_request|merge_group|schedule|workflow_dispatch|workflow_call)\b/.test(head)) return true
  return /\bpush\b/.test(head)
    ? !/^ {1,8}tags:/m.test(head) || /^ {1,8}branches(?:-ignore)?:/m.test(head)
    : !/\b(?:workflow_run|release):/.test(head)
}

/** What stands above the jobs. */
const headOf = (text: string | null): string => text?.slice(0, 8_000).split(/^jobs:/m)[0] ?? ''

/** Whether a name says that it only publishes. */
export function isPublishing(name: string): boolean {
  const words = plainWords(name)
  return PUBLISHES.test(words) && !ALSO_WORKS.test(words)
}

const plainWords = (text: string): string => text.toLowerCase().replace(/[\W_]+/g, ' ')

/** A file of CI whose first comment says that it does nothing any more. */
export function isDisabled(text: string | null): boolean {
  const head: string[] = []
  for (const line of (text ?? '').slice(0, 2_000).split('\n')) {
    if (!/^\s*(?:#|$)/.test(line)) break
    head.push(line.replace(/^\s*#+/, ''))
  }
  return DISABLED.test(head.join(' '))
}

const DISABLED =
  /\b(?:does nothing|do nothing|is (?:currently |now |temporarily )?(?:disabled|unused|obsolete)|(?:no longer|not) (?:in use|used|active)|currently unused)\b/i

/** Workflows that test first, then those that build or check; of what releases or tidies up nobody asks first. */
export function rankOfWorkflow(words: string): number {
  const name = words.toLowerCase().split('/').at(-1) ?? ''
  if (/\b(?:release|publish|deploy|docs?|label\w*|stale|bench\w*|homebrew|codeql)\b/.test(name)) return RANK_ASIDE
  return /\b(?:tests?|ci|unit|appveyor|gitlab-ci)\b/.test(name)
    ? 0
    : /\b(?:build|check|coverage|lint|main|verify)\b/.test(name)
      ? 1
      : 2
}

/** Whether a push, a pull request or a time begins it; of others than workflows of GitHub it is not asked. */
export function isContinuous({ path, text }: SourceFile): boolean {
  if (!path.startsWith('.github/workflows/')) return true
  return /\b(?:push|pull_request|pull_request_target|merge_group|schedule)\b/.test(headOf(text))
}
