/**
 * Finds the files of the repository that a test runs as programs: paths and modules in the arguments of calls that start
 * a process (`start-calls.ts`). Paths that are put together in other ways are not found.
 */

import { MaskedCode } from '#generate/formats/masked-code.ts'
import { LEXICAL_RULES } from '#generate/pages/calls/code-languages.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import { startArguments } from './start-calls.ts'

const MAX_TEXT = 200_000
const MAX_FOUND = 400
/** Calls and modules that start a process. */
const STARTS =
  /\b(?:child_process|execa|execFile(?:Sync)?|spawn(?:Sync)?|fork|subprocess|Popen|os\.system|exec\.Command|Open3|IO\.popen|Process\.spawn|Command::new|proc_open|shell_exec)\b/
const TEXT = /(["'`])([\w@.][\w@./-]{1,150})\1/g
/** `path.join(__dirname, '..', 'bin', 'orbit')`, `Path(__file__).parent / "orbit.py"` */
const PARTS =
  /(?:(__dirname|__DIR__|__dir__|import\.meta\.dirname|\bdirname(?!\s?\())|__file__|__FILE__|__filename|import\.meta\.(?:url|filename))([)(\w.[\]]{0,60}?)((?:\s{0,3}[,/.]\s{0,3}["'][\w@./-]{1,80}["']){1,8})/g
/** `[sys.executable, "-m", "orbit.cli"]` */
const MODULE = /["']-m["'],?\s{0,4}["']([\w.]{1,100})["']/g
const ENDS = ['', '.js', '.mjs', '.cjs', '.ts', '.py', '.rb', '/index.js', '/main.go']
/** Limit on the characters before `__file__` that are searched for `dirname(`. */
const MAX_BEFORE = 160

const known = new WeakMap<RepoIndex, Map<string, string[]>>()

/** Files of the main code, in the order in which the test names them; empty if it starts none. */
export function startedBy(repo: RepoIndex, test: string): string[] {
  const ofTests = known.get(repo) ?? new Map<string, string[]>()
  known.set(repo, ofTests)
  const found = ofTests.get(test) ?? findStarted(repo, test)
  ofTests.set(test, found)
  return found
}

function findStarted(repo: RepoIndex, test: string): string[] {
  const file = repo.files.get(test)
  const text = file?.text?.slice(0, MAX_TEXT) ?? ''
  const lexicalRules = Object.hasOwn(LEXICAL_RULES, file?.language ?? '')
    ? LEXICAL_RULES[file?.language ?? '']
    : undefined
  if (!STARTS.test(text) || lexicalRules === undefined) return []
  const masked = MaskedCode.of(text, lexicalRules)
  if (masked === undefined) return []
  const spans = startArguments(masked)
  const isStarted = (at: number): boolean => spans.some(({ start, end }) => start <= at && at < end)
  const found = new Set<string>()
  for (const paths of namedPaths(text, folderOf(test), isStarted)) {
    for (const path of paths) {
      const program = ENDS.map((end) => path + end).find((one) => repo.files.has(one))
      // An imported file is tested as code, not run.
      if (program === undefined || !isMain(program, repo) || repo.links.get(test)?.has(program) === true) continue
      found.add(program)
      break
    }
  }
  return [...found]
}

/** The paths that each string or composed path may mean, in the order of the text. */
function namedPaths(text: string, home: string, isStarted: (at: number) => boolean): string[][] {
  const found: { at: number; end: number; paths: (string | undefined)[] }[] = []
  for (const { index, 0: all, 1: folder, 2: steps = '', 3: parts = '' } of firstMatches(text, PARTS)) {
    const before = /(?:[\w.]{1,40}\(\s{0,3}){1,8}$/.exec(text.slice(Math.max(0, index - MAX_BEFORE), index))?.[0] ?? ''
    const up = (folder === undefined ? -1 : 0) + count(before, /dirname\(/g) + parentsIn(steps)
    const names = [...parts.matchAll(/["']([^"']{1,80})["']/g)].map(([, name = '']) => name.replace(/^\/+/, ''))
    const path = [...Array.from({ length: Math.max(0, up) }, () => '..'), ...names].join('/')
    found.push({ at: index, end: index + all.length, paths: [resolved(home, path)] })
  }
  for (const { index, 0: all, 2: path = '' } of firstMatches(text, TEXT)) {
    if (!path.includes('/') || found.some(({ at, end }) => at < index && index < end)) continue
    const fromHome = path.startsWith('.') ? resolved(home, path) : path
    // Tests may also run with the repository's root as working directory.
    const paths = path.startsWith('./') ? [fromHome, path.slice(2)] : [fromHome]
    found.push({ at: index, end: index + all.length, paths })
  }
  for (const { index, 0: all, 1: module = '' } of firstMatches(text, MODULE)) {
    const path = module.replaceAll('.', '/')
    const paths = [`${path}/__main__.py`, `src/${path}/__main__.py`, `${path}.py`, `src/${path}.py`]
    found.push({ at: index, end: index + all.length, paths })
  }
  return found
    .filter(({ at }) => isStarted(at))
    .sort((a, b) => a.at - b.at)
    .map(({ paths }) => paths.filter((path) => path !== undefined))
}

/** How many folders `.parent.parent` and `.parents[1]` go up. */
const parentsIn = (steps: string): number =>
  count(steps, /\.parent\b/g) +
  [...steps.matchAll(/\.parents\[(\d)\]/g)].reduce((sum, [, index]) => sum + Number(index) + 1, 0)

const count = (text: string, form: RegExp): number => [...text.matchAll(form)].length

function firstMatches(text: string, form: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  for (const match of text.matchAll(form)) if (found.push(match) >= MAX_FOUND) break
  return found
}

/** A path from a folder, without `..`; `undefined` if it leads out of the repository. */
function resolved(folder: string, path: string): string | undefined {
  const parts: string[] = []
  for (const part of inFolder(folder, path).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
