/** Determines the purpose of CI files and jobs by their names and triggers. */

import type { SourceFile } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'

export const RANK_ASIDE = 3
/** Matches workflows that release or publish a website, which users do not run unless they also test. */
const PUBLISHES = /\b(?:release[sd]?|releas(?:er|ing)|goreleaser|publish\w*|deploy\w*|website|gh pages)\b/
const ALSO_WORKS = /\b(?:ci|tests?|build)\b/
/** Matches workflows that compare APIs or post comments. */
const COMPARES = /\b(?:api surface|backwards? compat\w*|comments?)\b/

/**
 * Whether a workflow may show how to build or test, judging by its name and triggers. Workflows for tags or after other
 * workflows do not.
 */
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

/** The text above the jobs. */
const headOf = (text: string | null): string => text?.slice(0, 8_000).split(/^jobs:/m)[0] ?? ''

/** Whether a name means that the workflow only publishes. */
export function isPublishing(name: string): boolean {
  const words = plainWords(name)
  return PUBLISHES.test(words) && !ALSO_WORKS.test(words)
}

const plainWords = (text: string): string => text.toLowerCase().replace(/[\W_]+/g, ' ')

/** Whether the first comment of a CI file says that it is disabled. */
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

/** Rank of a workflow: tests first, then builds and checks, releases and cleanup last. */
export function rankOfWorkflow(words: string): number {
  const name = words.toLowerCase().split('/').at(-1) ?? ''
  if (/\b(?:release|publish|deploy|docs?|label\w*|stale|bench\w*|homebrew|codeql)\b/.test(name)) return RANK_ASIDE
  return /\b(?:tests?|ci|unit|appveyor|gitlab-ci)\b/.test(name)
    ? 0
    : /\b(?:build|check|coverage|lint|main|verify)\b/.test(name)
      ? 1
      : 2
}

/** Whether a push, pull request or schedule triggers it; always true for CI files of other services. */
export function isContinuous({ path, text }: SourceFile): boolean {
  if (!path.startsWith('.github/workflows/')) return true
  return /\b(?:push|pull_request|pull_request_target|merge_group|schedule)\b/.test(headOf(text))
}
