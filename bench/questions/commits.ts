/**
 * Questions with known answers, from the history of a repository: the subjects of its newest commits, and the code files that
 * each changed. The documents are made of a commit before all of them.
 */

import { execFileSync } from 'node:child_process'

export interface CommitQuestion {
  commit: string
  subject: string
  /** The code files that it changed and that the documented commit has. */
  files: string[]
}

export interface History {
  /** The commit that is documented. */
  base: string
  questions: CommitQuestion[]
}

const CODE =
  /\.(?:py|pyi|m?[jt]sx?|cjs|cts|mts|vue|svelte|c|h|cc|cpp|cxx|hpp|hh|cs|java|kt|kts|scala|go|rs|rb|php|sh|bash|lua|tcl)$/i
export const isCode = (file: string): boolean => CODE.test(file)

const MOST_FILES = 5
/** Fewer words are no question. */
const LEAST_WORDS = 3
/** Subjects of machines and of releases. */
const NOT_ASKED =
  /^(?:merge\b|revert\b|release\b|bump\b|v?\d+\.\d+|(?:chore|build|ci|docs?|style|release)(?:\([^)]*\))?!?:|update (?:dependenc|lock|version|changelog)|\[pre-commit)/i

const MARK = '\u0001'

/** Subjects without the number of a pull request and the type of a conventional commit. */
const asQuestion = (subject: string): string =>
  subject
    .replace(/\s*\(?#\d+\)?/g, ' ')
    .replace(/^\w+(\([^)]*\))?!?:\s*/, (_, scope: string | undefined) => (scope === undefined ? '' : `${scope} `))
    .replace(/[()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** @param clone - A clone with its history. */
export function readHistory(clone: string, count: number): History {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 })
  const log = git('log', '--no-merges', '--no-renames', '--name-only', `--format=${MARK}%H%x09%s`, '-n', '6000', 'HEAD')
  const candidates = log
    .split(MARK)
    .slice(1)
    .flatMap((block) => {
      const [head = '', ...lines] = block.split('\n')
      const [commit = '', subject = ''] = head.split('\t')
      const files = lines.filter(isCode)
      const question = asQuestion(subject)
      const isAsked = !NOT_ASKED.test(subject) && question.split(' ').length >= LEAST_WORDS
      return isAsked && files.length >= 1 && files.length <= MOST_FILES ? [{ commit, subject: question, files }] : []
    })
  for (let taken = count; ; taken = Math.min(candidates.length, Math.ceil(taken * 1.15))) {
    const chosen = candidates.slice(0, taken)
    const base = git('rev-parse', `${chosen.at(-1)?.commit}^`).trim()
    const there = new Set(git('ls-tree', '-r', '--name-only', base).split('\n'))
    const questions = chosen.flatMap((each) => {
      const files = each.files.filter((file) => there.has(file))
      return files.length === 0 ? [] : [{ ...each, files }]
    })
    // The newest are furthest from what is documented.
    if (questions.length >= count || taken === candidates.length) return { base, questions: questions.slice(-count) }
  }
}
