/** Commands that run scripts of a manifest: npm, pnpm, yarn, bun, npm-run-all and composer. */

import type { Word } from '#generate/formats/shell-words.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import type { Repository } from './repository.ts'
import type { WorkingFolder } from './working-folder.ts'

const NODE_RUNNERS = new Set(['npm', 'pnpm', 'yarn', 'bun'])
/** The scripts that commands of npm run. */
const LIFE_CYCLE = new Map([
  ['test', 'test'],
  ['t', 'test'],
  ['tst', 'test'],
  ['start', 'start'],
  ['stop', 'stop'],
  ['restart', 'restart'],
])
const FOLDER_OPTION = /^(?:--prefix|-C|--dir|--cwd)$/
const PACKAGE_OPTION = /^(?:-w|--workspace|--filter|-F)$/
/** Matches options that run a script in several packages. */
const MANY_OPTION = /^(?:-ws|--workspaces|-r|--recursive|--parallel|--stream|-W|--include-workspace-root)$/
/** Commands of pnpm and yarn that take precedence over scripts of the same name unless `run` is used. */
const OWN_COMMANDS = new Set(
  'add audit bin cache config create dedupe deploy exec dlx help import info init install i link list ls login outdated pack patch plugin prune publish rebuild remove rm set store unlink up update upgrade version why workspaces x pm'.split(
    ' ',
  ),
)

/** Ids of the scripts that a command runs. */
export function scriptRunner(
  command: string,
  words: readonly Word[],
  place: WorkingFolder,
  repository: Repository,
): string[] {
  const literal = words.slice(1).filter((word) => word.isLiteral)
  if (command === 'composer') return composerScript(literal, place, repository)
  if (command === 'run-s' || command === 'run-p' || command === 'npm-run-all') {
    return literal.flatMap((word) => nodeScript(word.text.split(' ')[0] ?? '', place, repository) ?? [])
  }
  if (!NODE_RUNNERS.has(command)) return []
  const found = nodeRunner(command, words.slice(1), place, repository)
  return found === undefined ? [] : [found]
}

/** The script in the nearest package.json, as npm looks it up. */
function nodeScript(name: string, place: WorkingFolder, repository: Repository): string | undefined {
  const path = nearestPackage(place, repository)
  if (path === undefined || !repository.hasScript(folderOf(path), 'package.json', name)) return undefined
  return `${path}#scripts.${name}`
}

function nodeRunner(
  command: string,
  words: readonly Word[],
  place: WorkingFolder,
  repository: Repository,
): string | undefined {
  let here: WorkingFolder | undefined = place
  let path: string | undefined
  const named: string[] = []
  for (let at = 0; at < words.length && named.length < 2; at++) {
    const word = words[at]
    if (word === undefined || !word.isLiteral || MANY_OPTION.test(word.text)) return undefined
    const equals = word.text.startsWith('-') ? word.text.indexOf('=') : -1
    const option = equals < 0 ? word.text : word.text.slice(0, equals)
    if (FOLDER_OPTION.test(option) || PACKAGE_OPTION.test(option)) {
      const value = equals < 0 ? words[++at] : { text: word.text.slice(equals + 1), isLiteral: true }
      if (value?.isLiteral !== true) return undefined
      if (FOLDER_OPTION.test(option)) here = here?.enter(value.text)
      else path = packageOf(value.text, place, repository)
      if (here === undefined || (PACKAGE_OPTION.test(option) && path === undefined)) return undefined
    } else if (command === 'yarn' && named.length === 0 && word.text === 'workspace') {
      const value = words[++at]
      path = value?.isLiteral === true ? repository.packageNamed(value.text) : undefined
      if (path === undefined) return undefined
    } else if (word.text === '--') break
    else if (!word.text.startsWith('-')) named.push(word.text)
  }
  path ??= here === undefined ? undefined : nearestPackage(here, repository)
  const script = scriptOf(command, named)
  if (path === undefined || script === undefined) return undefined
  return repository.hasScript(folderOf(path), 'package.json', script) ? `${path}#scripts.${script}` : undefined
}

function scriptOf(command: string, [first, second]: readonly string[]): string | undefined {
  if (first === undefined) return undefined
  if (first === 'run' || first === 'run-script') return second
  if (command === 'bun') return undefined
  const own = LIFE_CYCLE.get(first)
  if (own !== undefined) return command === 'npm' || first === own ? own : undefined
  if (command === 'npm') return undefined
  return OWN_COMMANDS.has(first) ? undefined : first
}

function packageOf(value: string, place: WorkingFolder, repository: Repository): string | undefined {
  const named = repository.packageNamed(value)
  if (named !== undefined) return named
  const path = place.resolve(inFolder(value, 'package.json'))
  return repository.isFile(path) ? path : undefined
}

function nearestPackage(place: WorkingFolder, repository: Repository): string | undefined {
  for (let up = ''; up.length < 60; up += '../') {
    const path = place.resolve(`${up}package.json`)
    if (path === undefined) return undefined
    if (repository.isFile(path)) return path
  }
  return undefined
}

/** `composer test` and `composer run test`. */
function composerScript(words: readonly Word[], place: WorkingFolder, repository: Repository): string[] {
  const named = words.filter((word) => !word.text.startsWith('-')).map((word) => word.text)
  const name = named[0] === 'run' || named[0] === 'run-script' ? named[1] : named[0]
  const path = place.resolve('composer.json')
  if (name === undefined || !repository.isFile(path)) return []
  return repository.hasScript(folderOf(path), 'composer.json', name) ? [`${path}#scripts.${name}`] : []
}
