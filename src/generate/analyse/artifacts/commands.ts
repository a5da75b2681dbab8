/** Finds what shell commands run and use: files, package scripts, Makefile targets. Uncertain targets are left out. */

import { append } from '#base/long-arrays.ts'
import { readShell, type Word } from '#generate/formats/shell-words.ts'
import type { ArtifactEdge } from '#generate/model.ts'
import { inFolder, nameOf } from '#generate/paths.ts'
import { inlineScript, interpretedFiles, isInterpreter, isShell } from './interpreters.ts'
import { scriptRunner } from './package-scripts.ts'
import type { Repository } from './repository.ts'
import type { WorkingFolder } from './working-folder.ts'

/** What a command runs or uses. */
export interface Target {
  /** The path of a file, or the id of an artifact: `Makefile#test`. */
  to: string
  kind: ArtifactEdge['kind']
}

/** Limit on nested commands, such as `bash -c '…'`. */
const MAX_DEPTH = 4
const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', '{', 'time'])
/** Commands that run another command. */
const PREFIXES = new Set(['sudo', 'env', 'exec', 'command', 'nohup', 'nice', 'cross-env', 'xvfb-run', 'npx', 'bunx'])
const PREFIX_PAIRS = new Set([
  'uv run',
  'poetry run',
  'pipenv run',
  'pdm run',
  'hatch run',
  'bundle exec',
  'npm exec',
  'pnpm exec',
  'pnpm dlx',
  'yarn exec',
])
/** Options with a file that the command reads. */
const FILE_OPTION = /^(?:--config|--configuration|--project|--file|--requirement|--env-file|-c|-f|-p|-r)$/
/** Commands whose arguments are not files to read. */
const NOT_READERS = new Set('rm touch echo printf test [ mkdir cp mv ln git find xargs'.split(' '))

/**
 * @param place - The working folder; `cd` changes it.
 * @returns The files exist; targets of a Makefile may not, so the caller checks them.
 */
export function targetsOf(text: string, place: WorkingFolder, repository: Repository, depth = 0): Target[] {
  const found: Target[] = []
  const outer: (WorkingFolder | undefined)[] = []
  let here: WorkingFolder | undefined = place
  for (const part of depth < MAX_DEPTH ? readShell(text) : []) {
    if (part.kind === 'open') outer.push(here)
    else if (part.kind === 'close') here = outer.length > 0 ? outer.pop() : here
    else {
      const words = commandWords(part.words)
      const [name, argument] = words
      if (name?.isLiteral !== true) continue
      if (name.text === 'cd' || name.text === 'pushd') {
        here = argument?.isLiteral === true ? here?.enter(argument.text) : undefined
      } else if (name.text === 'popd') here = undefined
      else if (here !== undefined) append(found, targetsOfCommand(words, here, repository, depth))
    }
  }
  return found
}

/** Drops keywords, variable assignments and commands that only run another. */
function commandWords(given: readonly Word[]): Word[] {
  const words = [...given]
  for (;;) {
    const [first, second] = words
    if (first === undefined) return words
    const pair = `${first.text} ${second?.text ?? ''}`
    if (first.text === 'for' || first.text === 'case') return []
    if (PREFIX_PAIRS.has(pair)) words.splice(0, 2)
    // What follows is a command of Node.js.
    else if (pair === 'yarn node' || KEYWORDS.has(first.text) || PREFIXES.has(first.text) || /^\w+=/.test(first.text))
      words.shift()
    else return words
    const isPrefix = PREFIXES.has(first.text) || PREFIX_PAIRS.has(pair)
    while (isPrefix && words[0]?.text.startsWith('-') === true) {
      // These options take no value. Any other may take one, so the command after it is unknown.
      if (!/^(?:-y|--yes|--|-E|-a|--with=.*|--no-sync|--frozen|--locked|--no-install)$/.test(words[0].text)) return []
      words.shift()
    }
  }
}

function targetsOfCommand(
  words: readonly Word[],
  place: WorkingFolder,
  repository: Repository,
  depth: number,
): Target[] {
  const name = words[0]?.text ?? ''
  const found: Target[] = []
  const run = (to: string | undefined): void => void (to !== undefined && found.push({ to, kind: 'runs' }))
  const command = nameOf(name)
  const inner = innerCommands(command, words)
  const runner = scriptRunner(command, words, place, repository)
  if (inner !== undefined) for (const text of inner) append(found, targetsOf(text, place, repository, depth + 1))
  // Before the interpreters, because bun runs both scripts and files.
  else if (runner.length > 0) for (const to of runner) run(to)
  else if (isInterpreter(command)) for (const file of interpretedFiles(command, words, place, repository)) run(file)
  else if (command === 'make' || command === 'gmake') for (const to of makeTargets(words, place, repository)) run(to)
  else if (command === 'go') run(goMain(words, place, repository))
  if (name.includes('/')) {
    const path = place.resolve(name)
    if (repository.isFile(path)) run(path)
  }
  if (!NOT_READERS.has(command) && inner === undefined) append(found, optionFiles(words, place, repository))
  return found
}

/** The inner commands of `bash -c '…'` and `concurrently "…" npm:build`; `undefined` for other commands. */
function innerCommands(command: string, words: readonly Word[]): string[] | undefined {
  if (isShell(command)) {
    const script = inlineScript(words)
    return script === undefined ? undefined : script.isLiteral ? [script.text] : []
  }
  if (command !== 'concurrently') return undefined
  return words.slice(1).flatMap(({ text, isLiteral }) => {
    if (!isLiteral) return []
    return text.startsWith('npm:') ? [`npm run ${text.slice(4)}`] : text.includes(' ') ? [text] : []
  })
}

/** `make -C folder target`: the targets, or the Makefile itself when none is given. */
function makeTargets(words: readonly Word[], place: WorkingFolder, repository: Repository): string[] {
  let here: WorkingFolder | undefined = place
  let file: string | undefined
  const goals: string[] = []
  for (let at = 1; at < words.length; at++) {
    const word = words[at]
    if (word === undefined || !word.isLiteral) return []
    const option = /^(?:-([Cf])|--(directory|file|makefile)(?:=|$))(.*)$/.exec(word.text)
    if (option !== null) {
      const [, short, long, rest] = option
      const value = rest !== '' ? rest : words[++at]?.isLiteral === true ? words[at]?.text : undefined
      if (value === undefined || here === undefined) return []
      if (short === 'C' || long === 'directory') here = here.enter(value)
      else file = value
    } else if (/^-[jlIoW]$/.test(word.text)) {
      const isNumber = /^\d+$/.test(words[at + 1]?.text ?? '')
      if (isNumber || /^-[IoW]$/.test(word.text)) at++
    } else if (!word.text.startsWith('-') && !word.text.includes('=')) goals.push(word.text)
  }
  const folder = here?.resolve('.')
  if (here === undefined || folder === undefined) return []
  const makefile = file === undefined ? repository.makefileIn(folder) : here.resolve(file)
  if (!repository.isFile(makefile)) return []
  return goals.length === 0 ? [makefile] : goals.map((goal) => `${makefile}#${goal}`)
}

/** `go run ./cmd/x`, `go build -o ./out ./cmd/x`: the only file of the package with `main`, else main.go. */
function goMain(words: readonly Word[], place: WorkingFolder, repository: Repository): string | undefined {
  const action = words[1]?.text
  if (action !== 'run' && action !== 'build' && action !== 'install') return undefined
  for (const [at, word] of words.entries()) {
    if (at < 2 || words[at - 1]?.text === '-o') continue
    // `-C` changes the folder.
    if (!word.isLiteral || /^--?C(?:=|$)/.test(word.text)) return undefined
    const path = word.text.endsWith('.go') || /^\.\.?(?:\/|$)/.test(word.text) ? place.resolve(word.text) : undefined
    if (path === undefined) continue
    if (repository.isFile(path)) return path
    if (!repository.isFolder(path)) return undefined
    const mains = repository.filesIn(path).filter((file) => {
      const text = file.endsWith('.go') && !file.endsWith('_test.go') ? repository.file(file)?.text : undefined
      return text !== undefined && text !== null && /^func main\(\)/m.test(text)
    })
    return mains.length === 1
      ? mains[0]
      : repository.isFile(inFolder(path, 'main.go'))
        ? inFolder(path, 'main.go')
        : undefined
  }
  return undefined
}

/** The files that options such as `--config x.json` name. */
function optionFiles(words: readonly Word[], place: WorkingFolder, repository: Repository): Target[] {
  const found: Target[] = []
  for (const [index, word] of words.entries()) {
    const equals = word.text.startsWith('--') ? word.text.indexOf('=') : -1
    const option = equals < 0 ? word.text : word.text.slice(0, equals)
    const value = equals < 0 ? words[index + 1] : { text: word.text.slice(equals + 1), isLiteral: word.isLiteral }
    if (!FILE_OPTION.test(option) || value?.isLiteral !== true || !value.text.includes('.')) continue
    const path = place.resolve(value.text)
    if (repository.isFile(path)) found.push({ to: path, kind: 'uses' })
  }
  return found
}
