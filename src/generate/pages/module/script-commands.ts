/** Describes a shell script without a description by the programs that it runs: `runs ruff format, mypy`. */

import { readShell, type Word } from '#generate/formats/shell-words.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { code, type Inline } from '#markdown/build.ts'

const MAX_LINES = 2_000
/** Above this number of programs, a few of them do not describe a script. */
const MAX_PROGRAMS = 6
/** What any script does: builtins of the shell, and tools for files and text. */
const ANY = new Set(
  ': . [ [[ alias awk basename break builtin case cat cd chmod chown command continue cp curl cut date declare dirname do done echo egrep elif else esac eval exit expr export false fgrep fi find for function getopts grep head hash id if in install kill let ln local ls mkdir mktemp mv popd printf ps pushd pwd read readlink realpath readonly return rm rmdir sed select seq set shift shopt sleep sort source stat tail tee test then time touch tput tr trap true type typeset ulimit umask unalias uname unset until wait wc wget which while whoami yes { } !'.split(
    ' ',
  ),
)
/** Words before the program that is run. */
const BEFORE = /^(?:!|\{|command|do|elif|else|env|exec|if|nice|nohup|sudo|then|time|until|while|xargs)$/
/** Commands of Git that only report. */
const ASKS = /^(?:config|describe|diff|log|ls-files|rev-parse|show|status)$/
const PROGRAM = /^[a-z][\w.+-]{1,40}$/i
/** `format` of `ruff format`, `build` of `python -m build`. */
const PART = /^[a-z][a-z-]{2,20}$/

/** Empty if the file is no shell script, or only runs what any script does. */
export function commandsOfScript({ repo, texts }: Writing, path: string): Inline[] {
  if (repo.files.get(path)?.language !== 'bash') return []
  const text = codeLines(repo, path, 1, MAX_LINES).join('\n')
  const found = new Set<string>()
  for (const part of readShell(text)) {
    const command = part.kind === 'command' ? commandOf(part.words) : null
    // Without a program that is not known, `$CROSS build`, the others do not describe the script.
    if (command === undefined) return []
    if (command !== null && !isFunction(repo, command.split(' ', 1)[0] ?? '')) found.add(command)
  }
  if (found.size === 0 || found.size > MAX_PROGRAMS) return []
  return texts.artifacts.runs(
    few(
      [...found].map((command): Inline[] => [code(command)]),
      MAX_PROGRAMS,
      texts,
    ),
  )
}

const functions = new WeakMap<RepoIndex, Set<string>>()

/** Whether a script of the repository defines a function of this name. */
function isFunction(repo: RepoIndex, name: string): boolean {
  let known = functions.get(repo)
  if (known === undefined) {
    known = new Set()
    for (const one of repo.components.values())
      if (one.kind === 'function' && repo.files.get(one.file)?.language === 'bash') known.add(one.name)
    functions.set(repo, known)
  }
  return known.has(name)
}

/** The program with its subcommand; `null` for what any script does, `undefined` if the program is not known. */
function commandOf(words: readonly Word[]): string | null | undefined {
  const start = words.findIndex(
    ({ text }, at) => !BEFORE.test(text) && !/^\w{1,80}\+?=/.test(text) && !(at > 0 && /^(?:-|\d+$)/.test(text)),
  )
  const word = words[start]
  if (word === undefined) return null
  // A prefix in a variable, `${PREFIX}ruff`, does not matter; which file `$DIR/run` is, is not known.
  const text = word.text.replace(/^\$/, '')
  if (text === '' || (text.includes('/') && !word.isLiteral)) return undefined
  const program = nameOf(text)
  if (!PROGRAM.test(program) || ANY.has(program)) return null
  const [first, second] = words.slice(start + 1)
  const isPart = (word: Word | undefined): boolean => word?.isLiteral === true && PART.test(word.text)
  if (program === 'git' && ASKS.test(first?.text ?? '')) return null
  if (first?.text === '-m' && isPart(second)) return `${program} -m ${second?.text}`
  return isPart(first) ? `${program} ${first?.text}` : program
}
