/** Weights names by the calls and base classes in the usage code of READMEs; the first ones count most. */

import type { Code } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { memoized } from '#base/memoize.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { parseFragment } from '#markdown/fragment.ts'
import { type Offered, offeredByName } from './offered-names.ts'
import { asCalls, MAX_BLOCK, MAX_BLOCKS, usageCode } from './usage-code.ts'

const MAX_COUNT = 3
/** Matches files whose comment describes their package. */
export const PACKAGE_FILE = /^(?:doc\.go|package-info\.java|lib\.rs|__init__\.py|mod\.ts|index\.[cm]?[jt]s)$/
const MAX_COMMENT = 20_000
/**
 * Matches a qualified name in a call or instantiation, also with type arguments of Scala or Go, or as the type of a variable:
 * `Plan plan(…)`.
 */
const CALL =
  /(?<![\p{L}\p{N}_$.:>\\])[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|->|\\)[\p{L}_$][\p{L}\p{N}_$]*){0,6}(?=!?[({<]|\[[\p{L}_][\p{L}\p{N}_.,[\] ]{0,60}\]\(|[ \t]{1,4}[\p{Ll}_][\p{L}\p{N}_]{0,60}[ \t]{0,4}[({;=])/gu
/** Matches a call on an expression: `flowOf(1).test(`. */
const ON_VALUE =
  /(?<=[\p{L}\p{N}_)\]}"]\??\.)[\p{L}_][\p{L}\p{N}_]{0,80}(?=\(|\[[\p{L}_][\p{L}\p{N}_.,[\] ]{0,60}\]\()/gu
/** Matches the beginning of `class A(B)`, `class A extends B`, `class A : B`. */
const TYPE = /^\s{0,40}(?:[a-z]{1,20} ){0,3}(?:class|struct|object|interface) (?=[\p{L}_$])/u
const DEFINED = /\b(?:class|def|enum|fn|fun|func|function|interface|object|struct|trait|type)\s+$/
/** Matches the name of a function or type that code defines itself. */
const OWN_NAME =
  /\b(?:class|def|enum|fn|fun|func|function|interface|object|struct|trait|type) {1,4}([\p{L}_$][\p{L}\p{N}_$]*)/gu
const IMPORTS = /^\s*(?:from|import|include|package|require|use|using)\b/
/**
 * Matches an import of a whole module under a name of the user's choice: `import orbit from 'orbit'`, `const orbit =
 * require('orbit')`.
 */
const WHOLE =
  /^\s*(?:import|const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:,[^'"]{0,200})?(?:from\s*|=\s*require\()['"]([^'"]{1,200})['"]/u
const ALIAS = /^[ \t]*(?:import[ \t]+)?([A-Za-z_]\w{0,60})[ \t]+"([^"\n]{1,200})"[ \t]*$/gm
/** Matches the package in `from orbit.parts import Plan` and `import { Plan } from '@orbit/parts'`. */
const FROM =
  /^\s{0,40}from\s{1,4}([A-Za-z_]\w{0,80})[\w.]{0,200}\s{1,4}import\b|\bfrom\s{1,4}['"]((?:@[\w.-]{1,80}\/)?[A-Za-z_][\w-]{0,80})/
const CENTRAL =
  /\b(?:central|main|primary|principal) (?:class|entry[- ]?point|function|interface|method|struct|type)\s(?:[^.\n]{0,40}\s)?is\s(?:the\s)?[`[]{0,3}([\p{L}_][\p{L}\p{N}_]*)/u
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu

/** Counts the public names that a block of code calls, instantiates or extends. */
export function callsOwn(writing: Writing): (code: string, language: string) => number {
  const offered = offeredByName(writing)
  return (code, language) => new Set(calledIn(asCalls(code, language), offered, new Map()).map(({ id }) => id)).size
}

/** Weights by component id: 1 for the first call of its path, less for later ones, more if multiple blocks call it. */
export const calledInReadme = memoized((writing: Writing): ReadonlyMap<string, number> => {
  const offered = offeredByName(writing)
  const counts = new Map<string, number>()
  const before = new Map<string, Set<string>>()
  const blocks = usageCode(writing).map(({ calls }) => calls)
  const aliases = aliasesIn(blocks)
  const callsOf = (block: string): Set<Offered> => new Set(calledIn(block, offered, aliases))
  // If the README has no usage code, the package comment may.
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
  return counts
})

/** The names that a package comment calls central: `The central function is [Parse]`. */
function centralIn({ repo }: Writing, offered: ReadonlyMap<string, readonly Offered[]>): Offered[] {
  return [...repo.fileDocs].flatMap(([path, doc]) => {
    if (!isMain(path, repo) || !(PACKAGE_FILE.test(nameOf(path)) || doc.startsWith('Package '))) return []
    const name = CENTRAL.exec(doc.slice(0, MAX_BLOCK))?.[1] ?? ''
    return unambiguous(offered.get(name)?.filter(({ id }) => id.startsWith(`${folderOf(path)}/`) || !id.includes('/')))
  })
}

/** Local names by import path. `import flag "github.com/spf13/pflag"` in one block also counts for the others. */
function aliasesIn(blocks: readonly string[]): Map<string, string> {
  const aliases = new Map<string, string>()
  for (const block of blocks) for (const [, alias = '', path = ''] of block.matchAll(ALIAS)) aliases.set(alias, path)
  return aliases
}

/** Names that the README gives to whole modules, by import path. */
export function importedAs(writing: Writing): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { calls } of usageCode(writing))
    for (const line of calls.split('\n')) {
      const [, local = '', path = ''] = WHOLE.exec(line) ?? []
      if (path !== '' && !found.has(path)) found.set(path, local)
    }
  return found
}

/** A code block of a document, with the ids of the public components that it calls, extends or uses as types. */
export interface DocumentCode {
  readonly path: string
  readonly code: Code
  readonly called: readonly string[]
  /** The ids that it imports, or calls on their owner. */
  readonly sure: ReadonlySet<string>
}

/** Code blocks of READMEs, then of other documents that show current usage. */
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

/** By id, the number of code blocks in READMEs and other current documents that call, extend or use a component as a type. */
export const calledInCode = memoized((writing: Writing): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { called } of codeOfDocuments(writing)) for (const id of called) counts.set(id, (counts.get(id) ?? 0) + 1)
  // Package comments are not among the blocks.
  for (const id of calledInReadme(writing).keys()) if (!counts.has(id)) counts.set(id, 1)
  return counts
})

/** Code in the comments of the files that represent a package. */
function packageComments({ repo }: Writing): string[] {
  const blocks: string[] = []
  for (const [path, doc] of repo.fileDocs)
    if (isMain(path, repo) && (PACKAGE_FILE.test(nameOf(path)) || (path.endsWith('.go') && doc.startsWith('Package '))))
      append(
        blocks,
        codeIn(doc).map(({ value }) => asCalls(value)),
      )
  return blocks.slice(0, MAX_BLOCKS)
}

/** Fenced or indented code blocks. */
export function codeIn(doc: string): Code[] {
  return parseFragment(doc, { maxChars: MAX_COMMENT, resolveLink: (url) => url }).filter(
    (block): block is Code => block.type === 'code',
  )
}

/**
 * In the order of the code.
 *
 * @param sure - Receives the ids that the code imports, or calls on their owner.
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
  // `main()` calls the function that the code defines, not one of the package.
  for (const [, name = ''] of code.matchAll(OWN_NAME)) names.delete(name)
  for (const line of lines) {
    if (!IMPORTS.test(line) && !line.includes('require(')) continue
    const [, module, from = module] = FROM.exec(line) ?? []
    for (const { 0: name } of line.matchAll(NAME)) {
      imported.add(name)
      // Another package may have a name of this one.
      const own = names
        .get(name)
        ?.filter(({ path, owner }) => from === undefined || owner === '' || isInside(path, from))
      if (own !== undefined) names.set(name, own)
    }
    const [, local = '', path = ''] = WHOLE.exec(line) ?? []
    const whole = [...(offered.get('default') ?? []), ...(offered.get('export=') ?? [])].find(
      (one) => one.path === path,
    )
    if (whole !== undefined) names.set(local, [whole])
  }
  // The name means the built-in unless it is imported.
  const bare = (name: string): Offered[] =>
    (names.get(name) ?? []).filter(({ isBuiltIn }) => isBuiltIn !== true || imported.has(name))
  for (const line of lines.filter((one) => !IMPORTS.test(one))) {
    const head = TYPE.exec(line)?.[0] ?? line
    // The bases follow the name of the type.
    for (const { 0: name } of [...line.slice(head.length).matchAll(NAME)].slice(1))
      append(found, unambiguous(bare(name)))
    for (const { 0: chain, index } of line.matchAll(CALL)) {
      if (DEFINED.test(line.slice(Math.max(0, index - 20), index))) continue
      const parts = chain.split(/\.|::|->|\\/)
      const at = parts.findIndex((part) => names.has(part))
      const named = at === 0 ? bare(parts[0] ?? '') : (names.get(parts[at] ?? '') ?? [])
      const own = named.filter((one) => one.isExtension !== true)
      const before = parts[at - 1] ?? ''
      const owned = at > 0 ? own.filter((one) => isOwnerOf(one, before) || one.path === aliases.get(before)) : []
      // A method of a value may have the name of a public component.
      if (at > 0 && owned.length === 0 && !imported.has(parts[0] ?? '')) continue
      const meant = unambiguous(owned.length > 0 ? owned : own)
      if (owned.length > 0 || imported.has(parts[0] ?? '')) for (const { id } of meant) sure.add(id)
      append(found, meant)
    }
    for (const { 0: name } of line.matchAll(ON_VALUE))
      append(found, unambiguous(names.get(name)?.filter((one) => one.isExtension === true)))
  }
  return found
}

const isInside = (path: string, name: string): boolean =>
  path.startsWith(name) && /^$|^[./]/.test(path.slice(name.length))

function isOwnerOf({ owner, isOnValue }: Offered, name: string): boolean {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase()
  return owner === name || (isOnValue === true && plain(owner) === plain(name))
}

/** Empty if more than one package has the name, since any of them may be meant. */
function unambiguous(offered: readonly Offered[] = []): Offered[] {
  return new Set(offered.map(({ id }) => id)).size === 1 ? offered.slice(0, 1) : []
}
