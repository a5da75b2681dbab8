/** Finds the environment variables and configuration keys that a file reads, in one loop over its tree-sitter nodes. */

import { withNamedDefaults } from '#generate/analyse/options/file-options.ts'
import { findOptions } from '#generate/analyse/options/find-options.ts'
import { Lines } from '#generate/formats/lines.ts'
import { Aliases } from './aliases.ts'
import { findBashReads } from './bash-reads.ts'
import { callAt, membershipAt, type Site, subscriptAt } from './call-sites.ts'
import { CalleeFilter } from './callee-filter.ts'
import { patternOf } from './computed-names.ts'
import { debugBranches } from './debug-branches.ts'
import {
  type FileReads,
  isVariableName,
  MAX_READS,
  mayRead,
  NO_READS,
  type TagFacts,
  type TagField,
} from './file-reads.ts'
import { FORMS, type Forms, formOfKey, formOfLambda } from './forms.ts'
import { isQuotedName } from './naming-calls.ts'
import { PROXIES } from './python-forms.ts'
import { endOf, kindAt, type ReadTree, Shape, shapeAt, startOf } from './read-tree.ts'
import { SettingsFields } from './settings-fields.ts'
import { SiteReads } from './site-reads.ts'
import { nameInString } from './string-names.ts'
import { noteTag, tagPrefixes } from './struct-tags.ts'

/** Limit on the nodes between a string and its argument list. */
const MAX_NESTING = 6

/** @param language - As in `SourceFile.language`; a language without forms has no reads. */
export function findReads(tree: ReadTree, language: string): FileReads {
  const reads = findNames(tree, language)
  const options = findOptions(tree, language)
  return options === undefined ? reads : { ...reads, options: withNamedDefaults(options, tree.text) }
}

function findNames(tree: ReadTree, language: string): FileReads {
  const lines = new Lines(tree.text)
  const lineAt = (offset: number): number => lines.at(offset)
  if (language === 'bash') return findBashReads(tree, lineAt)
  const forms = FORMS.get(language)
  if (forms === undefined || !mayRead(tree.text)) return NO_READS
  const found = new Finder(tree, language, forms, lineAt).run()
  if (!(language === 'c' || language === 'cpp') || found.reads.length + found.calls.length === 0) return found
  // Users of ordinary builds cannot set them.
  const isDebug = debugBranches(tree.text)
  const isOrdinary = ({ line }: { line: number }): boolean => !isDebug(line)
  return { ...found, reads: found.reads.filter(isOrdinary), calls: found.calls.filter(isOrdinary) }
}

class Finder {
  readonly #tree: ReadTree
  readonly #language: string
  readonly #forms: Forms
  readonly #lineAt: (offset: number) => number
  /** Ancestors of the current node. */
  readonly #around: number[] = []
  readonly #aliases: Aliases
  readonly #sites: SiteReads
  /** For Python files that mention settings classes. */
  readonly #settings: SettingsFields | undefined
  readonly #filter: CalleeFilter
  /** Argument lists already handled. */
  readonly #lists = new Set<number>()
  readonly #tags: { fields: TagField[]; nested: TagFacts['nested'][number][] } = { fields: [], nested: [] }

  constructor(tree: ReadTree, language: string, forms: Forms, lineAt: (offset: number) => number) {
    this.#tree = tree
    this.#language = language
    this.#forms = forms
    this.#lineAt = lineAt
    this.#aliases = new Aliases(tree, language)
    this.#sites = new SiteReads(tree, lineAt, this.#around)
    this.#settings = language === 'python' && tree.text.includes('BaseSettings') ? new SettingsFields(tree) : undefined
    this.#filter = new CalleeFilter(forms, this.#aliases.meanings)
  }

  run(): FileReads {
    const tree = this.#tree
    const { after, kinds, shapes } = tree
    const around = this.#around
    let end = Number.POSITIVE_INFINITY
    for (let node = 0; node < tree.size; node++) {
      while (node >= end) {
        around.pop()
        end = after[around[around.length - 1] ?? -1] ?? Number.POSITIVE_INFINITY
      }
      const shape = shapes[kinds[node] ?? 0]
      if (shape !== Shape.other && tree.isNamed(node)) this.#visit(node, shape ?? 0)
      const own = after[node] ?? 0
      if (own > node + 1) {
        around.push(node)
        end = own
      }
    }
    this.#sites.readConstants()
    const { reads, functions, calls, forwards } = this.#sites
    reads.sort((a, b) => a.line - b.line)
    const isEmpty = [reads, functions, calls, forwards].every(({ length }) => length === 0)
    const parses = this.#language === 'go' ? tagPrefixes(tree.text) : []
    const hasPrefix = this.#tags.nested.some(({ prefix }) => prefix !== '')
    const hasTags = this.#tags.fields.length > 0 || parses.length > 0 || hasPrefix
    if (isEmpty && !hasTags) return NO_READS
    return {
      ...(hasTags ? { tags: { ...this.#tags, parses } } : {}),
      reads,
      functions,
      calls,
      forwards,
    }
  }

  #visit(node: number, shape: number): void {
    switch (shape) {
      case Shape.list:
        if (this.#filter.mayRead(this.#tree.text, startOf(this.#tree, node))) this.#visitList(node, this.#around.length)
        return
      case Shape.index: {
        if (!this.#filter.mayRead(this.#tree.text, endOf(this.#tree, node + 1))) return
        const site = subscriptAt(this.#tree, node)
        if (site !== undefined) this.#visitSite(site)
        return
      }
      case Shape.comparison: {
        const site = membershipAt(this.#tree, node)
        if (site !== undefined && this.#forms.has(this.#aliases.expanded(site.callee))) this.#visitSite(site)
        return
      }
      case Shape.string:
        this.#visitString(node)
        return
      case Shape.assignment: {
        const read = this.#settings?.readAt(node, this.#around, this.#lineAt)
        if (read !== undefined) this.#sites.add(read)
        if (this.#aliases.note(node, shape)) this.#filter.forget()
        return
      }
      case Shape.import:
        if (this.#aliases.note(node, shape)) this.#filter.forget()
        return
      case Shape.tag:
        if (this.#language === 'go') noteTag(this.#tree, node, this.#around, this.#lineAt, this.#tags)
    }
  }

  /** @param depth - Number of ancestors of the list. */
  #visitList(list: number, depth: number): void {
    if (this.#lists.has(list)) return
    this.#lists.add(list)
    const site = callAt(this.#tree, this.#around, list, depth)
    if (site !== undefined) this.#visitSite(site)
  }

  #visitSite({ node, callee, args }: Site): void {
    if (this.#sites.reads.length >= MAX_READS) return
    const full = this.#aliases.expanded(callee)
    const form =
      this.#forms.get(full) ??
      (this.#language === 'ruby' ? formOfLambda(full) : this.#language === 'csharp' ? formOfKey(full) : undefined)
    if (full === PROXIES) this.#sites.readProxies(node)
    if (args.length === 0) return
    if (form !== undefined && this.#sites.read({ node, callee: full, args }, form)) return
    if (callee.endsWith('(')) this.#sites.noteCall(callee, args)
  }

  #visitString(node: number): void {
    const tree = this.#tree
    const [start, end] = [startOf(tree, node), endOf(tree, node)]
    if (end - start > 104 || end - start < 3) return
    const hasNameForm = isQuotedName(tree.text, start, end)
    if (hasNameForm) this.#visitEnclosingCall()
    const found = nameInString(tree, node, this.#around, this.#language, hasNameForm)
    if (found === undefined) return
    const { name } = found
    const line = this.#lineAt(start)
    if (!isVariableName(name)) return
    const kind = 'environment'
    if (found.is === 'prefix')
      this.#sites.add({ kind, name: patternOf(`${name}_`), default: null, line, written: name })
    else this.#sites.add({ kind, name, default: found.default, line, written: name })
  }

  /** Handles the call that has the current node as an argument. */
  #visitEnclosingCall(): void {
    for (let depth = this.#around.length; depth > 0 && depth > this.#around.length - MAX_NESTING; depth--) {
      const node = this.#around[depth - 1] ?? 0
      if (shapeAt(this.#tree, node) === Shape.list) {
        this.#visitList(node, depth - 1)
        return
      }
      // In Swift the argument list is a sibling.
      const isBeside = kindAt(this.#tree, node) === 'call_suffix' && shapeAt(this.#tree, node + 1) === Shape.list
      if (isBeside) {
        this.#visitList(node + 1, depth)
        return
      }
    }
  }
}
