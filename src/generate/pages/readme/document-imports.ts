/** Collects the imports in the code of documents, by import path. */

import { memoized } from '#base/memoize.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { ANY_README, usageCode } from './usage-code.ts'

/** Counts of code blocks that import from a path. */
export interface DocumentImports {
  /** Blocks per imported name, in the order of the documents. */
  readonly names: ReadonlyMap<string, number>
  /** The names that a block imports without `type`. */
  readonly values: ReadonlySet<string>
  /** The names imported in the first README with such an import. */
  readonly inReadme: ReadonlySet<string>
  /** The name that a block gives to all exports: `plan` of `import * as plan from 'orbit/plan'`; '' without one. */
  readonly namespace: string
  /** Blocks that import the whole module: `import orbit`, `const orbit = require('orbit')`. */
  readonly whole: number
  /** Blocks that import with `require`. */
  readonly required: number
  readonly all: number
  /** The include of a header: `<orbit/orbit.h>`. */
  readonly include: string | undefined
}

const NONE: DocumentImports = {
  names: new Map(),
  values: new Set(),
  inReadme: new Set(),
  namespace: '',
  whole: 0,
  required: 0,
  all: 0,
  include: undefined,
}
/** Limit on the lines of one statement. */
const MAX_LINES = 12
const MAX_STATEMENT = 400
/** The prompt of an interactive Python session. */
const PROMPT = /^\s{0,20}(?:>>>|\.\.\.) /
const BEGINS = /^\s{0,20}(?:(?:pub )?use |from |import |const |let |var |export |require |#\s?include)/
const PYTHON = /^from ([\w.]+) import (.+)$/
const PYTHON_WHOLE = /^import ([\w.]+)/
const RUST = /^(?:pub )?use ([\w:]+?)(?:::\{(.*)\}|::(\w+)(?: as \w+)?);?$/
const JAVASCRIPT =
  /^(?:import|export|const|let|var) (?:type )?([^'"]*?)(?: ?from|= ?(?:await )?(?:require|import)\() ?['"]([^'"]{1,200})['"]/
const RUBY = /^require ['"]([\w/-]{1,200})['"]$/
const REQUIRED = /= ?require\(/
/** Matches `import type { Plan }`. */
const OF_TYPES = /^(?:import|export) type \{/
/** Matches `type Plan` in a list, but not `type as kind`, which imports a value called `type`. */
const TYPE = /^type (?!as )/
const INCLUDE = /^#\s?include ?([<"][^<>"]{1,200}[>"])/

/** @param path - Import path; for a header, its name without folders. */
export function importsFrom(writing: Writing, path: string): DocumentImports {
  return read(writing).get(path) ?? NONE
}

interface Found {
  names: Map<string, number>
  values: Set<string>
  readme: string
  inReadme: Set<string>
  namespace: string
  whole: number
  required: number
  all: number
  /** Blocks per include. */
  includes: Map<string, number>
  include: string | undefined
}

const read = memoized((writing: Writing): Map<string, Found> => {
  const all = new Map<string, Found>()
  const of = (path: string): Found => {
    const one = all.get(path) ?? {
      names: new Map(),
      values: new Set(),
      readme: '',
      inReadme: new Set(),
      namespace: '',
      whole: 0,
      required: 0,
      all: 0,
      includes: new Map(),
      include: undefined,
    }
    all.set(path, one)
    return one
  }
  for (const { code, path: document } of usageCode(writing, true)) {
    for (const statement of new Set(statementsIn(code.value))) {
      const { path, names, values = names, include, namespace = '' } = readStatement(statement)
      if (path === '') continue
      const own = of(path)
      if (own.readme === '' && ANY_README.test(document)) own.readme = document
      if (own.readme === document) for (const name of names) own.inReadme.add(name)
      for (const name of names) own.names.set(name, (own.names.get(name) ?? 0) + 1)
      for (const name of values) own.values.add(name)
      if (own.namespace === '') own.namespace = namespace
      if (include !== undefined) own.includes.set(include, (own.includes.get(include) ?? 0) + 1)
      else if (names.length === 0) own.whole++
      own.all++
      if (REQUIRED.test(statement)) own.required++
    }
  }
  for (const own of all.values()) {
    let most = 0
    for (const [include, blocks] of own.includes) {
      if (blocks <= most) continue
      most = blocks
      own.include = include
    }
  }
  return all
})

/** The import statements, each joined into one line. */
function statementsIn(code: string): string[] {
  const lines = code.split('\n').map((line) => line.replace(PROMPT, ''))
  return lines.flatMap((line, at) => {
    if (!BEGINS.test(line)) return []
    let whole = line
    for (let next = at + 1; isOpen(whole) && next < Math.min(lines.length, at + MAX_LINES); next++)
      whole += ` ${lines[next] ?? ''}`
    const plain = whole.replace(/\s+/g, ' ').trim()
    return plain.length > MAX_STATEMENT ? [] : [plain]
  })
}

const isOpen = (text: string): boolean => /[{(][^{}()]*$/.test(text)

interface Statement {
  path: string
  names: string[]
  /** Absent if all names are values, or may be. */
  values?: string[]
  include?: string
  namespace?: string
}

function readStatement(statement: string): Statement {
  const [, include] = INCLUDE.exec(statement) ?? []
  // Examples in the repository use relative paths to the header.
  if (include !== undefined)
    return {
      path: include.slice(1, -1).split('/').at(-1) ?? '',
      names: [],
      include: include.replace(/^([<"])(?:\.\.?\/){1,9}/, '$1'),
    }
  const [, from = '', list = ''] = PYTHON.exec(statement) ?? []
  if (from !== '') return { path: from, names: namesIn(list) }
  const [, crate = '', several, single] = RUST.exec(statement) ?? []
  if (crate !== '') return { path: crate, names: namesIn(several ?? single ?? '') }
  const [, bound = '', module = ''] = JAVASCRIPT.exec(statement) ?? []
  if (module !== '') {
    const namespace = /^\* as ([\w$]{1,80})$/.exec(bound.trim())?.[1]
    const inBraces = /\{([^{}]*)\}/.exec(bound)?.[1] ?? ''
    const parts = inBraces.split(',').filter((one) => !TYPE.test(one.trim()))
    return {
      path: module,
      names: namesIn(inBraces),
      values: OF_TYPES.test(statement) ? [] : namesIn(parts.join(',')),
      ...(namespace && { namespace }),
    }
  }
  return { path: PYTHON_WHOLE.exec(statement)?.[1] ?? RUBY.exec(statement)?.[1] ?? '', names: [] }
}

/** The names in `(a, b as c)`, as the module exports them. */
function namesIn(list: string): string[] {
  const [names = ''] = list.split('#')
  return names
    .replace(/[()]/g, '')
    .split(',')
    .map(
      (one) =>
        one
          .trim()
          .split(/ as |:/)[0]
          ?.trim()
          .replace(/^type /, '') ?? '',
    )
    .filter((one) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(one))
}
