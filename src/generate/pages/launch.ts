/** The sections of the overview on where the program starts and how it is built, run and tested. */

import type { RootContent } from 'mdast'
import type { SourceFile } from '#generate/model.ts'
import { code, heading, type Inline, join, list, refLink } from '#markdown/build.ts'
import { refTo } from './draft.ts'
import { readMakeTargets, readPackageJson, readPyProject } from './manifest.ts'
import { mostUsedFacts } from './purpose.ts'
import { resolvePath } from './repository-path.ts'
import { routesFacts } from './routes.ts'
import { count, few } from './words.ts'
import { docSentence, toEntry, toFile, type Writing } from './writing.ts'

const MAX_ITEMS = 12
/** Files that programs of a language start with, at the top or one or two folders below. */
const MAIN_FILE =
  /^(?:(?:src|lib|app|cmd|bin|packages)\/)?(?:[^/]+\/){0,2}(?:__main__\.py|main\.(?:py|go|rs|c|cc|cpp|ts|js|java|kt)|manage\.py|wsgi\.py|asgi\.py|Program\.cs)$/
const LIBRARY_FILE = /^(?:(?:src|lib)\/)?(?:[^/]+\/)?(?:index\.[cm]?[jt]sx?|__init__\.py|lib\.rs|mod\.ts)$/
const SCRIPT_ORDER = [
  'install',
  'dev',
  'start',
  'serve',
  'build',
  'test',
  'check',
  'lint',
  'format',
  'typecheck',
  'bench',
  'docs',
]

/** Commands, mains, library entries and what is most used; nothing when none is found. */
export function whereItStarts(writing: Writing): RootContent[] {
  const { survey, inventory } = writing
  const items: Inline[][] = []
  const npm = readPackageJson(survey.files.get('package.json'))
  const python = readPyProject(survey.files.get('pyproject.toml'))
  for (const [command, target] of (npm?.bin ?? []).slice(0, MAX_ITEMS)) {
    items.push([
      'The command ',
      code(command),
      ' (',
      ...file(writing, 'package.json'),
      ') runs ',
      ...pathOrCode(writing, target),
      '.',
    ])
  }
  for (const [command, target] of (python?.scripts ?? []).slice(0, MAX_ITEMS)) {
    items.push([
      'The command ',
      code(command),
      ' (',
      ...file(writing, 'pyproject.toml'),
      ') runs ',
      ...pythonTarget(writing, target),
      '.',
    ])
  }
  const mains = inventory.files.filter((next) => next.role === 'code' && MAIN_FILE.test(next.path)).slice(0, 6)
  for (const { path } of mains)
    items.push([...toFile(path), ' is a program', ...colon(docSentence(survey.fileDocs.get(path)))])
  if (npm !== null && (npm.mains.length > 0 || npm.exports.length > 0)) {
    const parts = npm.mains.map(([key, target]): Inline[] => [`${key} `, ...pathOrCode(writing, target)])
    if (npm.exports.length > 0)
      parts.push([
        `exports ${count(npm.exports.length)} paths: `,
        ...few(
          npm.exports.map((key) => [code(key)]),
          8,
        ),
      ])
    items.push([
      'As a package ',
      ...(npm.name === null ? [] : [code(npm.name), ' ']),
      '(',
      ...file(writing, 'package.json'),
      '): ',
      ...join(parts, ', '),
      '.',
    ])
  }
  const entries = inventory.files.filter(
    (next) => next.role === 'code' && LIBRARY_FILE.test(next.path) && survey.leaves.has(next.path),
  )
  const shallowest = Math.min(...entries.map(({ path }) => path.split('/').length))
  for (const { path } of entries.filter((next) => next.path.split('/').length === shallowest).slice(0, 3)) {
    items.push(['As a library: ', ...toFile(path), ...colon(docSentence(survey.fileDocs.get(path)))])
  }
  const routes = routesFacts(writing)
  if (routes.length > 0) items.push(['Requests are routed in ', ...routes, '.'])
  const used = mostUsedFacts(writing, writing.survey.filesIn.get(writing.root) ?? [], 8, new Set(['function']))
  if (used.length > 0) items.push(['Functions used most inside, with the number of places: ', ...used, '.'])
  return items.length === 0 ? [] : [heading(2, 'Where it starts'), list(items)]
}

/** Scripts, targets, tools, workflows and images, each with the file that says so. */
export function howToBuild(writing: Writing): RootContent[] {
  const { survey, inventory } = writing
  const items: Inline[][] = []
  const npm = readPackageJson(survey.files.get('package.json'))
  if (npm !== null && npm.scripts.length > 0) {
    const sorted = npm.scripts
      .filter(([name]) => !/^(?:pre|post)(?!view|set)/.test(name))
      .sort((a, b) => scriptRank(a[0]) - scriptRank(b[0]))
      .map(([name, command]): Inline[] => [
        code(name === 'test' || name === 'start' ? `npm ${name}` : `npm run ${name}`),
        ' (',
        code(shorten(command)),
        ')',
      ])
    items.push([...file(writing, 'package.json'), ': ', ...few(sorted, 10)])
  }
  const make = inventory.files.find((next) => /^(?:GNU)?[Mm]akefile$/.test(next.path))
  const targets = readMakeTargets(make?.text ?? '').map(([name, text]): Inline[] => [
    code(`make ${name}`),
    ...(text === '' ? [] : [` (${text})`]),
  ])
  if (make !== undefined && targets.length > 0) items.push([...file(writing, make.path), ': ', ...few(targets, 10)])
  const python = readPyProject(survey.files.get('pyproject.toml'))
  if (python !== null && python.tools.length > 0) {
    items.push([
      ...file(writing, 'pyproject.toml'),
      ' configures ',
      ...few(
        python.tools.map((name) => [code(name)]),
        10,
      ),
    ])
  }
  const others = inventory.files.filter((next) =>
    /^(?:tox\.ini|noxfile\.py|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|CMakeLists\.txt|meson\.build|justfile|Taskfile\.ya?ml|setup\.py|deno\.jsonc?)$/.test(
      next.path,
    ),
  )
  if (others.length > 0)
    items.push([
      'Also: ',
      ...few(
        others.map(({ path }) => file(writing, path)),
        MAX_ITEMS,
      ),
    ])
  const ci = inventory.files.filter((next) => next.role === 'ci')
  if (ci.length > 0)
    items.push([
      refLink(refTo.page('continuous-integration.md'), 'Continuous integration'),
      ': ',
      ...few(
        ci.map((next) => [...file(writing, next.path), ...workflowName(next)]),
        8,
      ),
    ])
  const images = inventory.files.filter((next) => next.role === 'container')
  if (images.length > 0)
    items.push([
      refLink(refTo.page('images-and-services.md'), 'Containers'),
      ': ',
      ...few(
        images.map((next) => [...file(writing, next.path), ...imageFacts(next)]),
        8,
      ),
    ])
  return items.length === 0 ? [] : [heading(2, 'To build, run and test'), list(items)]
}

function scriptRank(name: string): number {
  const rank = SCRIPT_ORDER.findIndex((word) => name === word || name.startsWith(`${word}:`))
  return rank === -1 ? SCRIPT_ORDER.length : rank + (name.includes(':') ? 0.5 : 0)
}

function shorten(command: string): string {
  return command.length > 60 ? `${command.slice(0, 59)}…` : command
}

function file({ sources }: Writing, path: string): Inline[] {
  return sources.file(path)
}

/** A path of a manifest: a link when the repository holds it (a built file is not there). */
function pathOrCode(writing: Writing, target: string): Inline[] {
  const path = resolvePath('', target)
  if (path === null || !writing.survey.files.has(path)) return [code(target)]
  return writing.survey.leaves.has(path) ? toFile(path, target) : writing.sources.file(path, target)
}

/** `flask.cli:main` → the function, where the repository holds it. */
function pythonTarget(writing: Writing, target: string): Inline[] {
  const [module = '', name = ''] = target.split(':')
  const tails = [`${module.replaceAll('.', '/')}.py`, `${module.replaceAll('.', '/')}/__init__.py`]
  for (const path of writing.survey.leaves.keys()) {
    if (!tails.some((tail) => path === tail || path === `src/${tail}`)) continue
    const found = writing.survey.components.get(`${path}#${name.split('[')[0]?.trim() ?? ''}`)
    if (found !== undefined) return [...toEntry(found), ' in ', ...toFile(path)]
  }
  return [code(target)]
}

function colon(sentence: Inline[] | null): Inline[] {
  return sentence === null ? [] : [': ', ...sentence]
}

function workflowName({ text }: SourceFile): Inline[] {
  const name = /^name: *(["']?)([^\n"']{1,80})\1 *$/m.exec(text?.slice(0, 4_000) ?? '')?.[2]?.trim()
  return name === undefined || name === '' ? [] : [` (${name})`]
}

function imageFacts({ text }: SourceFile): Inline[] {
  const head = text?.slice(0, 20_000) ?? ''
  const from = /^FROM +(?:--\S+ +)?([^\s@]{1,120})/im.exec(head)?.[1]
  const ports = [...head.matchAll(/^EXPOSE +([\d/a-z ]{1,60}) *$/gim)].map((match) => match[1]?.trim() ?? '')
  const facts: Inline[][] = []
  if (from !== undefined) facts.push(['from ', code(from)])
  if (ports.length > 0) facts.push([`port ${ports.slice(0, 4).join(', ')}`])
  return facts.length === 0 ? [] : [' (', ...join(facts, ', '), ')']
}
