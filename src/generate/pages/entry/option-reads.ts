/**
 * Finds the options that a JavaScript function reads from an untyped object: `opts.limit || 10` shows the name and the default,
 * and a comment on the line above the purpose.
 */

import { JAVASCRIPT } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { bodyOf } from '#generate/pages/calls/calls.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS } from '#generate/pages/script-languages.ts'
import { type Parameter, readParameters } from '#generate/signature-parameters.ts'

export interface OptionRead {
  name: string
  /** As written in the code; '' if there is none. */
  default: string
  /** The comment above the line that reads it; '' if there is none. */
  text: string
}

const OPTIONS = /^(?:opts?|options|config|settings)$/
/** Matches types of objects that may have any options. */
const ANY = /^(?:|any|\*|[Oo]bject|\{\})$/
const MAX_LINES = 400
const MAX_OPTIONS = 40
/** Limits on following the object through functions that it is passed to: depth of calls, and number of functions. */
const MAX_DEPTH = 3
const MAX_FUNCTIONS = 30
/** Members of all objects, of arrays and of strings. */
const NOT_OPTIONS = new Set(
  'apply call bind concat constructor filter forEach hasOwnProperty indexOf keys length map push slice split toString valueOf'.split(
    ' ',
  ),
)
const DEFAULT =
  /^\s{0,4}(?:\|\||\?\?)\s{0,4}(-?\d[\w.]{0,20}|"~{0,60}"|true|false|null|\[\]|\{\}|[A-Za-z_$][\w$.]{0,60})[ \t]{0,4}(?=[\n,;)}\]]|$)/
const VALUE = /(-?\d[\w.]{0,20}|"~{0,60}"|true|false|null|\[\]|\{\}|[A-Za-z_$][\w$.]{0,60})/.source
const NONE = /(?:undefined|void 0|null|"~{9}")/.source
/** Matches `=== undefined ? 4 : opts.burns`, also after `typeof`. */
const WHERE_NONE = new RegExp(`^\\s{0,4}={2,3}\\s{0,4}${NONE}\\s{0,4}\\?\\s{0,4}${VALUE}\\s{0,4}:`)
/** Matches `!== undefined ? opts.burns : 4`. */
const WHERE_GIVEN = new RegExp(
  `^\\s{0,4}!={1,2}\\s{0,4}${NONE}\\s{0,4}\\?\\s{0,4}[\\w$.]{1,80}\\s{0,4}:\\s{0,4}${VALUE}[ \\t]{0,4}(?=[\\n,;)}\\]]|$)`,
)
/** Matches code before an expression whose value is used, not only tested. */
const TAKES = /(?:[^=!<>]=|[:?(,]|\breturn)\s{0,4}$/
/** Matches code before a condition, in which `||` gives no default. */
const TESTS = /\b(?:if|while)\s{0,4}\({1,3}\s{0,4}$/
const COMMENT = /^\s{0,60}\/\/ ?(\p{L}\S{0,60}(?: \S{1,60}){2,24})$/u

/** @param type - The type of the parameter, from the code or its comment. */
export function optionsRead(repo: RepoIndex, callable: Component, { name, type }: Parameter): OptionRead[] {
  const language = repo.files.get(callable.file)?.language ?? ''
  if (!SCRIPTS.has(language) || !OPTIONS.test(name.replace(/\?$/, '')) || !ANY.test(type)) return []
  const search: Search = { found: new Map(), visited: new Set() }
  readFrom(repo, callable, name.replace(/\?$/, ''), search, 0)
  return [...search.found.values()].slice(0, MAX_OPTIONS)
}

interface Search {
  /** Keyed by name. */
  found: Map<string, OptionRead>
  /** Ids of functions with the parameters that they receive the object as. */
  visited: Set<string>
}

function readFrom(repo: RepoIndex, callable: Component, parameter: string, search: Search, depth: number): void {
  const { file, startLine, endLine } = callable
  const { found, visited } = search
  const key = `${callable.id} ${parameter}`
  if (endLine - startLine >= MAX_LINES || visited.has(key) || visited.size >= MAX_FUNCTIONS) return
  visited.add(key)
  const lines = codeLines(repo, file, startLine, endLine)
  const masked = MaskedCode.of(lines.join('\n'), JAVASCRIPT)
  if (masked === undefined) return
  const { code, text } = masked
  const names = [parameter, ...aliasesOf(code, parameter)].map(escaped).join('|')
  const reads = new RegExp(`(?<![\\w$.])(?:${names})\\??\\.([A-Za-z_$][\\w$]{0,60})(?![\\w$])`, 'g')
  for (const { 0: whole, 1: name = '', index } of code.matchAll(reads)) {
    const after = code.slice(index + whole.length, index + whole.length + 140)
    // An assignment does not read the option.
    if (NOT_OPTIONS.has(name) || name.startsWith('_') || /^\s{0,4}=(?!=)/.test(after)) continue
    const before = code.slice(Math.max(0, index - 24), index).replace(/typeof\s{1,4}$/, '')
    const value =
      TAKES.test(before) && !TESTS.test(before)
        ? (DEFAULT.exec(after) ?? WHERE_NONE.exec(after) ?? WHERE_GIVEN.exec(after))
        : null
    const start = index + whole.length + (value?.[0].lastIndexOf(value[1] ?? '') ?? 0)
    const given = value === null ? '' : text.slice(start, start + (value[1] ?? '').length)
    const known = found.get(name)
    // The first default counts.
    if (known !== undefined) {
      if (known.default === '') known.default = given
      continue
    }
    const line = masked.lineAt(index)
    const above = COMMENT.exec(lines[line - 2] ?? '')
    const isAlone =
      !/^\s*\/\//.test(lines[line - 3] ?? '') &&
      /^\s*(?:const|let|var|this\.)/.test(lines[line - 1] ?? '') &&
      // A comment that names the object is about all of its options.
      !new RegExp(`(?<![\\w$.])(?:${names}|options)(?![\\w$.])`).test(above?.[1] ?? '')
    found.set(name, { name, default: given, text: isAlone ? (above?.[1] ?? '') : '' })
  }
  const pattern = new RegExp(
    `(?:const|let|var)\\s{1,40}\\{([^{}]{1,600})\\}\\s{0,40}=\\s{0,40}(?:${names})\\b(?!\\s{0,40}[.(\\[])`,
    'g',
  )
  for (const { 1: inner = '', index } of code.matchAll(pattern)) {
    const from = code.indexOf(inner, index)
    for (const part of inner.matchAll(
      /(?:^|,)\s{0,40}([A-Za-z_$][\w$]{0,60})(?:\s?:\s?[\w$]{1,60})?(?:\s?=\s?([^,]{1,60}))?/g,
    )) {
      const [whole, name = '', value = ''] = part
      const end = from + part.index + whole.length
      if (!found.has(name)) found.set(name, { name, default: text.slice(end - value.length, end).trim(), text: '' })
    }
  }
  if (depth >= MAX_DEPTH) return
  // Functions that the whole object is passed to.
  for (const id of repo.callees.get(callable.id)?.keys() ?? []) {
    const callee = repo.components.get(id)
    if (callee === undefined || callee.id === callable.id) continue
    const name = callee.kind === 'method' && callee.name === 'constructor' ? '' : callee.name
    const call = new RegExp(`(?<![\\w$])${escaped(name)}\\(([^()]{0,200})\\)`).exec(name === '' ? '' : code)
    const place = call?.[1]?.split(',').findIndex((one) => new RegExp(`^(?:${names})$`).test(one.trim())) ?? -1
    const body = bodyOf(repo, callee)
    const own = place < 0 ? undefined : readParameters(body.signature, body.name, 'javascript')?.[place]
    if (own !== undefined && /^[\w$]+\??$/.test(own.name) && ANY.test(own.type))
      readFrom(repo, body, own.name.replace(/\?$/, ''), search, depth + 1)
  }
}

/** Matches `opts` in `var opts = options || {}`. */
function aliasesOf(code: string, parameter: string): string[] {
  const alias = new RegExp(
    `(?:const|let|var)\\s{1,40}([A-Za-z_$][\\w$]{0,60})\\s{0,40}=\\s{0,40}(?:${escaped(parameter)}(?![\\w$.(\\[])|Object\\.assign\\([^()]{0,80}\\b${escaped(parameter)}\\)|\\{[^{}]{0,80}\\.\\.\\.${escaped(parameter)}\\s{0,40}\\})`,
    'g',
  )
  return [...code.matchAll(alias)].slice(0, 4).flatMap(([, name]) => name ?? [])
}

const escaped = (name: string): string => name.replace(/[$]/g, '\\$&')
