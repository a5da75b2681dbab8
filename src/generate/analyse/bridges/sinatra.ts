/** Sinatra: `get '/x' do`, and views rendered by `erb :x` and the like. */

import { RUBY } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import { addRoute, type BridgeReader, joinRoute, prefixAt } from './bridge.ts'
import { linkTemplate } from './templates.ts'

const ROUTE = /^[ \t]*(get|post|put|delete|patch|options|head|link|unlink)[ \t]*(?:\([ \t]*)?("~*").*(?:\bdo\b|\{).*$/gm
const VIEW = /(?<![\w.:@$])(erb|haml|slim|markdown|liquid|builder)[ \t]*(?:\([ \t]*)?(?::(\w+)|(?="))/g

/** `namespace '/api' do` of sinatra-contrib, or the `end` of a block. */
const NAMESPACE =
  /^([ \t]*)(?:(namespace)\b[ \t]{0,9}(?:\([ \t]{0,9})?(?:("~*")[ \t]{0,9}\)?[ \t]{0,9}do\b|[^\n]{0,400}\bdo\b)|end\b)/gm

interface Namespace {
  readonly indent: string
  readonly start: number
  end: number
  /** `undefined` if it is not a literal; then the routes inside are left out. */
  readonly prefix: string | undefined
}

export const sinatra: BridgeReader = {
  languages: ['ruby'],
  lexicalRules: RUBY,
  mayContain: (head) =>
    /\brequire\s*(?:\(\s*)?['"]sinatra\b/.test(head) || /<\s*(?:::)?Sinatra::(?:Base|Application)\b/.test(head),
  read: (source, world) => {
    const { masked } = source
    const namespaces = namespacesIn(masked)
    for (const match of masked.code.matchAll(ROUTE)) {
      const [all, verb = '', literal = ''] = match
      const path = masked.literals.get(match.index + all.indexOf(literal))
      const line = masked.lineAt(match.index + all.indexOf(verb))
      const prefix = prefixAt(match.index, namespaces)
      if (path === undefined || prefix === undefined || !/^[/*]/.test(path)) continue
      const route = { method: verb.toUpperCase(), framework: 'Sinatra', startLine: line, endLine: line }
      addRoute(source, { ...route, path: prefix === '' ? path : joinRoute(prefix, path) })
    }
    for (const match of masked.code.matchAll(VIEW)) {
      const [all, engine = '', symbol] = match
      const name = symbol ?? masked.literals.get(match.index + all.length)
      const endings = engine === 'markdown' ? ['.md', '.markdown'] : [`.${engine}`]
      linkTemplate(name, match.index, { folder: 'views', endings, anywhere: false }, source, world)
    }
  },
}

/** The namespaces of a file, outer ones first; their ends are found by indentation. */
function namespacesIn(masked: MaskedCode): Namespace[] {
  const found: Namespace[] = []
  const open: Namespace[] = []
  for (const match of masked.code.matchAll(NAMESPACE)) {
    const [all, indent = '', keyword, literal] = match
    if (keyword !== undefined) {
      const prefix = literal === undefined ? undefined : masked.literals.get(match.index + all.indexOf(literal))
      const namespace = { indent, start: match.index, end: Number.POSITIVE_INFINITY, prefix }
      found.push(namespace)
      open.push(namespace)
    } else if (open.at(-1)?.indent === indent) {
      const closed = open.pop()
      if (closed !== undefined) closed.end = match.index
    }
  }
  return found
}
