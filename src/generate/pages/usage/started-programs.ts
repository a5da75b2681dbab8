/** Which files of the repository a test starts as programs of their own. */

import { isMain, type Survey } from '#generate/pages/survey.ts'
import { folderOf, inFolder } from '#generate/paths.ts'

const MAX_TEXT = 200_000
const MAX_FOUND = 400
/** What starts a program, in the languages that tests of programs are written in. */
const STARTS =
  /\b(?:child_process|execa|execFile(?:Sync)?|spawn(?:Sync)?|fork|subprocess|Popen|os\.system|exec\.Command|Open3|IO\.popen|Process\.spawn|Command::new|proc_open|shell_exec)\b/
const TEXT = /(["'`])([\w@.][\w@./-]{1,150})\1/g
/** `path.join(__dirname, '..', 'bin', 'orbit')`, `Path(__file__).parent / "orbit.py"` */
const PARTS =
  /(?:__dirname|__file__|__DIR__|dirname)[)\w.]{0,40}((?:\s{0,3}[,/.]\s{0,3}(?:["'][\w@./-]{1,80}["'])){1,8})/g
/** `[sys.executable, "-m", "orbit.cli"]` */
const MODULE = /["']-m["'],?\s{0,4}["']([\w.]{1,100})["']/g
const ENDS = ['', '.js', '.mjs', '.cjs', '.ts', '.py', '.rb', '/index.js', '/main.go']

const known = new WeakMap<Survey, Map<string, string[]>>()

/** Files of the main code, in the order in which the test names them; none where it starts nothing. */
export function startedBy(survey: Survey, test: string): string[] {
  const ofTests = known.get(survey) ?? new Map<string, string[]>()
  known.set(survey, ofTests)
  const found = ofTests.get(test) ?? findStarted(survey, test)
  ofTests.set(test, found)
  return found
}

function findStarted(survey: Survey, test: string): string[] {
  const text = survey.files.get(test)?.text?.slice(0, MAX_TEXT) ?? ''
  if (!STARTS.test(text)) return []
  const home = folderOf(test)
  const found = new Set<string>()
  const add = (path: string | undefined): void => {
    const file = path === undefined ? undefined : ENDS.map((end) => path + end).find((one) => survey.files.has(one))
    // What is imported is used as code.
    if (file !== undefined && isMain(file, survey) && survey.links.get(test)?.has(file) !== true) found.add(file)
  }
  for (const [, parts = ''] of first(text, PARTS)) {
    const names = [...parts.matchAll(/["']([^"']{1,80})["']/g)].map(([, name = '']) => name.replace(/^\/+/, ''))
    add(resolved(home, names.join('/')))
  }
  for (const [, , path = ''] of first(text, TEXT)) {
    if (!path.includes('/')) continue
    add(path.startsWith('.') ? resolved(home, path) : path)
    // Programs are started at the top of a repository, too.
    if (path.startsWith('./')) add(path.slice(2))
  }
  for (const [, module = ''] of first(text, MODULE)) {
    const path = module.replaceAll('.', '/')
    for (const one of [`${path}/__main__.py`, `src/${path}/__main__.py`, `${path}.py`, `src/${path}.py`]) add(one)
  }
  return [...found]
}

const first = (text: string, form: RegExp): RegExpExecArray[] => {
  const found: RegExpExecArray[] = []
  for (const match of text.matchAll(form)) if (found.push(match) >= MAX_FOUND) break
  return found
}

/** A path from a folder, without `..`; `undefined` where it leads out of the repository. */
function resolved(folder: string, path: string): string | undefined {
  const parts: string[] = []
  for (const part of inFolder(folder, path).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
