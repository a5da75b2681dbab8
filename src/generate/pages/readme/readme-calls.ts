/** What the usage code of READMEs calls and extends, the first most: there the authors themselves begin. */

import type { Code } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { parseFragment } from '#markdown/fragment.ts'
import { type Offered, offeredByName } from './offered-names.ts'
import { asCalls, MAX_BLOCK, MAX_BLOCKS, usageCode } from './usage-code.ts'

const MAX_COUNT = 3
/** Files whose comment is on their package. */
export const SPEAKS = /^(?:doc\.go|package-info\.java|lib\.rs|__init__\.py|mod\.ts|index\.[cm]?[jt]s)$/
const MAX_COMMENT = 20_000
/** A name with what leads to it, where it is called or made, also with types of Scala or Go, or is the type of a variable: `Plan plan(…)`. */
const CALL =
  /(?<![\p{L}\p{N}_$.:>\\])[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|->|\\)[\p{L}_$][\p{L}\p{N}_$]*){0,6}(?=!?[({<]|\[[\p{L}_][\p{L}\p{N}_.,[\] ]{0,60}\]\(|[ \t]{1,4}[\p{Ll}_][\p{L}\p{N}_]{0,60}[ \t]{0,4}[({;=])/gu
/** What is called on something: `flowOf(1).test(`. */
const ON_VALUE =
  /(?<=[\p{L}\p{N}_)\]}"]\??\.)[\p{L}_][\p{L}\p{N}_]{0,80}(?=\(|\[[\p{L}_][\p{L}\p{N}_.,[\] ]{0,60}\]\()/gu
/** `class A(B)`, `class A extends B`, `class A : B`. */
const TYPE = /^\s{0,40}(?:[a-z]{1,20} ){0,3}(?:class|struct|object|interface) (?=[\p{L}_$])/u
const DEFINED = /\b(?:class|def|enum|fn|fun|func|function|interface|object|struct|trait|type)\s+$/
const IMPORTS = /^\s*(?:from|import|include|package|require|use|using)\b/
/** `import orbit from 'orbit'`, `const orbit = require('orbit')`: the whole of a module under a name of its user. */
const WHOLE =
  /^\s*(?:import|const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:,[^'"]{0,200})?(?:from\s*|=\s*require\()['"]([^'"]{1,200})['"]/u
const ALIAS = /^[ \t]*(?:import[ \t]+)?([A-Za-z_]\w{0,60})[ \t]+"([^"\n]{1,200})"[ \t]*$/gm
const CENTRAL =
  /\b(?:central|main|primary|principal) (?:class|entry[- ]?point|function|interface|method|struct|type)\s(?:[^.\n]{0,40}\s)?is\s(?:the\s)?[`[]{0,3}([\p{L}_][\p{L}\p{N}_]*)/u
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu

const known = new WeakMap<Writing, Map<string, number>>()

/** The names that packages offer and a block of code calls, makes or extends: how many there are. */
export function callsOwn(writing: Writing): (code: string, language: string) => number {
  const offered = offeredByName(writing)
  return (code, language) => new Set(calledIn(asCalls(code, language), offered, new Map()).map(({ id }) => id)).size
}

/** Ids of components that packages offer: 1 for what is called first of its path, less for what comes later, more where several blocks do. */
export function calledInReadme(writing: Writing): ReadonlyMap<string, number> {
  const found = known.get(writing)
  if (found !== undefined) return found
  const offered = offeredByName(writing)
  const counts = new Map<string, number>()
  const before = new Map<string, Set<string>>()
  const blocks = usageCode(writing).map(({ calls }) => calls)
  const aliases = aliasesIn(blocks)
  const callsOf = (block: string): Set<Offered> => new Set(calledIn(block, offered, aliases))
  // Where the README shows nothing, the comment on the package may.
  const shown = blocks.map(callsOf)
  const all = shown.some((calls) => calls.size > 0) ? shown : packageComments(writing).map(callsOf)
  for (const calls of all) {
    for (const { id, owner } of calls) {
      const seen = before.get(owner) ?? new Set<string>()
      before.set(owner, seen)
      const first = seen.size - (seen.has(id) ? 1 : 0)
      counts.set(id, Math.min(MAX_COUNT, (counts.get(id) ?? 0) + 1 / (1 + first)))
      seen.add(id)
    }
  }
  for (const { id } of centralIn(writing, offered)) counts.set(id, MAX_COUNT)
  known.set(writing, counts)
  return counts
}

/** What the comment on a package says to be its beginning: `The central function is [Parse]`. */
function centralIn({ repo }: Writing, offered: ReadonlyMap<string, readonly Offered[]>): Offered[] {
  return [...repo.fileDocs].flatMap(([path, doc]) => {
    if (!isMain(path, repo) || !(SPEAKS.test(nameOf(path)) || doc.startsWith('Package '))) return []
    const name = CENTRAL.exec(doc.slice(0, MAX_BLOCK))?.[1] ?? ''
    return onlyOne(offered.get(name)?.filter(({ id }) => id.startsWith(`${folderOf(path)}/`) || !id.includes('/')))
  })
}

/** `import flag "github.com/spf13/pflag"` of one block counts for the others: what it is called, by what is imported. */
function aliasesIn(blocks: readonly string[]): Map<string, string> {
  const aliases = new Map<string, string>()
  for (const block of blocks) for (const [, alias = '', path = ''] of block.matchAll(ALIAS)) aliases.set(alias, path)
  return aliases
}

/** What the README calls the whole of a module, by the path that it imports. */
export function importedAs(writing: Writing): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { calls } of usageCode(writing))
    for (const line of calls.split('\n')) {
      const [, local = '', path = ''] = WHOLE.exec(line) ?? []
      if (path !== '' && !found.has(path)) found.set(path, local)
    }
  return found
}

/** A block of code in a document, with the ids of what packages offer and it calls, extends or names as a type. */
export interface DocumentCode {
  readonly path: string
  readonly code: Code
  readonly called: readonly string[]
  /** Those of them that it imports, or calls on what they belong to. */
  readonly sure: ReadonlySet<string>
}

/** Of READMEs, then of the other documents that tell how something is used today. */
export function codeOfDocuments(writing: Writing): DocumentCode[] {
  const offered = offeredByName(writing)
  const blocks = usageCode(writing, true)
  const aliases = aliasesIn(blocks.map(({ calls }) => calls))
  return blocks.map(({ path, code, calls }) => {
    const sure = new Set<string>()
    const called = [...new Set(calledIn(calls, offered, aliases, sure).map(({ id }) => id))]
    return { path, code, called, sure }
  })
}

const inDocuments = new WeakMap<Writing, ReadonlyMap<string, number>>()

/** By id, how many blocks of code in READMEs and in the other documents of today call, extend or name something as a type. */
export function calledInCode(writing: Writing): ReadonlyMap<string, number> {
  const found = inDocuments.get(writing)
  if (found !== undefined) return found
  const counts = new Map<string, number>()
  for (const { called } of codeOfDocuments(writing)) for (const id of called) counts.set(id, (counts.get(id) ?? 0) + 1)
  // Comments on packages have no blocks of their own here.
  for (const id of calledInReadme(writing).keys()) if (!counts.has(id)) counts.set(id, 1)
  inDocuments.set(writing, counts)
  return counts
}

/** Code in what the files say that stand for a package. */
function packageComments({ repo }: Writing): string[] {
  const blocks: string[] = []
  for (const [path, doc] of repo.fileDocs)
    if (isMain(path, repo) && (SPEAKS.test(nameOf(path)) || (path.endsWith('.go') && doc.startsWith('Package '))))
      append(
        blocks,
        codeIn(doc).map(({ value }) => asCalls(value)),
      )
  return blocks.slice(0, MAX_BLOCKS)
}

/** Fenced or indented. */
export function codeIn(doc: string): Code[] {
  return parseFragment(doc, { maxChars: MAX_COMMENT, resolveLink: (url) => url }).filter(
    (block): block is Code => block.type === 'code',
  )
}

/**
 * In the order of the code.
 *
 * @param sure - Takes the ids of those that the code imports, or calls on what they belong to.
 */
function calledIn(
  code: string,
  offered: ReadonlyMap<string, readonly Offered[]>,
  aliases: ReadonlyMap<string, string>,
  sure: Set<string> = new Set(),
): Offered[] {
  const found: Offered[] = []
  const names = new Map(offered)
  const imported = new Set<string>()
  const lines = code.split('\n')
  for (const line of lines) {
    if (!IMPORTS.test(line) && !line.includes('require(')) continue
    for (const { 0: name } of line.matchAll(NAME)) imported.add(name)
    const [, local = '', path = ''] = WHOLE.exec(line) ?? []
    const whole = [...(offered.get('default') ?? []), ...(offered.get('export=') ?? [])].find(
      (one) => one.path === path,
    )
    if (whole !== undefined) names.set(local, [whole])
  }
  // What the language has by itself is meant where nothing else of the name is imported.
  const bare = (name: string): Offered[] =>
    (names.get(name) ?? []).filter(({ isBuiltIn }) => isBuiltIn !== true || imported.has(name))
  for (const line of lines.filter((one) => !IMPORTS.test(one))) {
    const head = TYPE.exec(line)?.[0] ?? line
    // Behind its own name, what a type extends.
    for (const { 0: name } of [...line.slice(head.length).matchAll(NAME)].slice(1)) append(found, onlyOne(bare(name)))
    for (const { 0: chain, index } of line.matchAll(CALL)) {
      if (DEFINED.test(line.slice(Math.max(0, index - 20), index))) continue
      const parts = chain.split(/\.|::|->|\\/)
      const at = parts.findIndex((part) => names.has(part))
      const named = at === 0 ? bare(parts[0] ?? '') : (names.get(parts[at] ?? '') ?? [])
      const own = named.filter((one) => one.isExtension !== true)
      const before = parts[at - 1] ?? ''
      const owned = at > 0 ? own.filter((one) => isOwnerOf(one, before) || one.path === aliases.get(before)) : []
      // A method of a value may be called as something that is offered.
      if (at > 0 && owned.length === 0 && !imported.has(parts[0] ?? '')) continue
      const meant = onlyOne(owned.length > 0 ? owned : own)
      if (owned.length > 0 || imported.has(parts[0] ?? '')) for (const { id } of meant) sure.add(id)
      append(found, meant)
    }
    for (const { 0: name } of line.matchAll(ON_VALUE))
      append(found, onlyOne(names.get(name)?.filter((one) => one.isExtension === true)))
  }
  return found
}

function isOwnerOf({ owner, isOnValue }: Offered, name: string): boolean {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase()
  return owner === name || (isOnValue === true && plain(owner) === plain(name))
}

/** What several packages offer under one name may be meant of each: nothing is said of one. */
function onlyOne(offered: readonly Offered[] = []): Offered[] {
  return new Set(offered.map(({ id }) => id)).size === 1 ? offered.slice(0, 1) : []
}
