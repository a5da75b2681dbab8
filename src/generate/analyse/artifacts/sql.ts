/** SQL: tables that are created and altered, and the tables they refer to. */

import { endAfter } from '#base/find-text.ts'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { Lines } from '#generate/formats/lines.ts'
import { folderOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

const MAX_CHARACTERS = 2_000_000

interface Statement {
  verb: 'create' | 'alter'
  table: string
  references: string[]
  start: number
  end: number
}

export const sql: Format = {
  asksForAll: true,
  fits: (path) => /\.(?:sql|psql|pgsql|ddl)$/i.test(path),
  read: (file, builder, repository) => {
    const lines = new Lines(file.text)
    const created = new Map<string, string | undefined>()
    for (const { verb, table, references, start, end } of statementsOf(file.text)) {
      const startLine = lines.at(start)
      const detail = `${verb} table`
      const id = builder.add({ kind: 'table', name: table, startLine, endLine: lines.at(end), detail })
      if (verb === 'create' && !created.has(keyOf(table))) created.set(keyOf(table), id)
      const find = (name: string): string | undefined =>
        created.get(keyOf(name)) ?? createdElsewhere(name, file.path, repository)
      for (const name of references) builder.link(id, keyOf(name) === keyOf(table) ? undefined : find(name), 'uses')
      if (verb === 'alter') builder.link(id, find(table), 'depends-on')
    }
  },
}

/** The ids of the tables that a repository creates, by their keys. */
const tablesOf = memoized((repository: Repository): ReadonlyMap<string, string[]> => {
  const tables = new Map<string, string[]>()
  for (const { path, text } of repository.all()) {
    if (text === null || !sql.fits(path, text)) continue
    const seen = new Map<string, number>()
    for (const { verb, table } of statementsOf(text)) {
      const count = (seen.get(table) ?? 0) + 1
      seen.set(table, count)
      const id = `${path}#${table}${count === 1 ? '' : `~${count}`}`
      if (verb === 'create') push(tables, keyOf(table), id)
    }
  }
  return tables
})

/** The only table of this name in the same folder or, if that has none, in the repository. */
function createdElsewhere(name: string, from: string, repository: Repository): string | undefined {
  const all = tablesOf(repository).get(keyOf(name)) ?? []
  const near = all.filter((id) => folderOf(id.slice(0, id.indexOf('#'))) === folderOf(from))
  return near.length === 1 ? near[0] : all.length === 1 ? all[0] : undefined
}

/** Table names ignore case, and may omit the schema. */
function keyOf(table: string): string {
  return (table.split('.').pop() ?? table).toLowerCase()
}

function statementsOf(text: string): Statement[] {
  if (text.length > MAX_CHARACTERS) return []
  const tokens = readTokens(text)
  const found: Statement[] = []
  let start = 0
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at]
    const isBatch = token?.kind === 'word' && token.text.toUpperCase() === 'GO' && tokens[at - 1]?.text === ')'
    if (token !== undefined && token.text !== ';' && !isBatch) continue
    const statement = statementOf(tokens.slice(start, token?.text === ';' ? at + 1 : at))
    if (statement !== undefined) found.push(statement)
    start = at + 1
  }
  return found
}

function statementOf(tokens: readonly Token[]): Statement | undefined {
  const is = (at: number, ...words: string[]): boolean =>
    tokens[at]?.kind === 'word' && words.includes(tokens[at].text.toUpperCase())
  const verb = is(0, 'CREATE') ? 'create' : is(0, 'ALTER') ? 'alter' : undefined
  if (verb === undefined) return undefined
  let at = 1
  while (is(at, 'GLOBAL', 'LOCAL', 'TEMPORARY', 'TEMP', 'UNLOGGED', 'FOREIGN', 'OR', 'REPLACE', 'VIRTUAL')) at++
  if (!is(at, 'TABLE')) return undefined
  at++
  while (is(at, 'IF', 'NOT', 'EXISTS', 'ONLY')) at++
  const { name: table, next } = nameAt(tokens, at)
  if (table === undefined) return undefined
  const references: string[] = []
  for (let other = next; other < tokens.length; other++) {
    if (!is(other, 'REFERENCES')) continue
    const { name } = nameAt(tokens, other + 1)
    if (name !== undefined) references.push(name)
  }
  return { verb, table, references, start: tokens[0]?.position ?? 0, end: tokens.at(-1)?.position ?? 0 }
}

/** `schema.table`, quoted or not. */
function nameAt(tokens: readonly Token[], start: number): { name: string | undefined; next: number } {
  let name = ''
  let at = start
  for (; tokens[at] !== undefined && tokens[at]?.kind !== 'symbol'; at += 2) {
    name += tokens[at]?.text ?? ''
    if (tokens[at + 1]?.text !== '.') return { name: name === '' ? undefined : name, next: at + 1 }
    name += '.'
  }
  return { name: undefined, next: at }
}

interface Token {
  text: string
  kind: 'word' | 'name' | 'symbol'
  position: number
}

const MAX_TOKENS = 300_000
/** Limit on the spaces before a comment that is on a line of its own. */
const MAX_INDENT = 100

/** Tokens as far as the dialects of SQL agree: without comments and strings, with quoted names unquoted. */
function readTokens(sql: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < sql.length && tokens.length < MAX_TOKENS; ) {
    const character = sql[at] ?? ''
    const next = sql[at + 1]
    if (/\s/.test(character)) at++
    else if ((character === '-' && next === '-') || (character === '#' && isComment(sql, at)))
      at = endAfter(sql, '\n', at)
    else if (character === '/' && next === '*') at = endAfter(sql, '*/', at + 2)
    else if (character === "'") at = endOfText(sql, at, "'")
    else if (character === '"' || character === '`' || character === '[') {
      const end = endOfText(sql, at, character === '[' ? ']' : character)
      tokens.push({ text: sql.slice(at + 1, end - 1), kind: 'name', position: at })
      at = end
    } else if (character === '$' && /^\$\w{0,60}\$/.test(sql.slice(at, at + 64))) {
      const tag = /^\$\w*\$/.exec(sql.slice(at, at + 64))?.[0] ?? '$$'
      at = endAfter(sql, tag, at + tag.length)
    } else if (/[\p{L}_@]/u.test(character)) {
      const start = at
      while (at < sql.length && /[\p{L}\p{N}_$@]/u.test(sql[at] ?? '')) at++
      tokens.push({ text: sql.slice(start, at), kind: 'word', position: start })
    } else {
      tokens.push({ text: character, kind: 'symbol', position: at })
      at++
    }
  }
  return tokens
}

/** Whether `#` begins a comment of MySQL: not in `#>` of PostgreSQL, nor in `#name` of SQL Server. */
function isComment(sql: string, at: number): boolean {
  if (/\s/.test(sql[at + 1] ?? ' ')) return true
  return /(?:^|\n)[ \t]*$/.test(sql.slice(Math.max(0, at - MAX_INDENT), at))
}

/** The end of a quoted text, in which a doubled quote represents one quote. */
function endOfText(sql: string, start: number, quote: string): number {
  let at = endAfter(sql, quote, start + 1)
  while (quote !== ']' && sql[at] === quote) at = endAfter(sql, quote, at + 1)
  return at
}
