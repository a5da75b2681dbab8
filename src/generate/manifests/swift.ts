/** Reads Package.swift: literal names, products, targets and dependencies. */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

const PACKAGE = /\bPackage\s{0,20}\((?=\s{0,200}name\s{0,5}:\s{0,5}")/g
const PRODUCT = /\.product\s{0,5}\(/g
const REQUIRED = /\.package\s{0,5}\(/g
const PROGRAM = /\.executable\s{0,5}\(/g
const TEST_TARGET = /\.testTarget\s{0,5}\(/g
const TARGET = /\.(?:executableTarget|macro|plugin|target)\s{0,5}\(/g
const LIBRARY = /\.library\s{0,5}\(/g
/** Matches versions of SwiftPM with which targets name the packages that they need. */
const TOOLS_WITH_NAMES = /^\/\/ ?swift-tools-version: ?(?:5\.(?:[2-9]|\d\d)|[6-9]|\d\d)/
/** Folders in which SwiftPM looks for a target that has no `path`. */
const SOURCES = ['Sources', 'Source', 'src', 'srcs']

const NOTHING: Span = { start: 0, end: 0 }

/** The arguments of a call, keyed by their labels. */
type Arguments = ReadonlyMap<string, Span>

export function readSwift(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, C_LIKE)
  if (masked === undefined) return undefined
  const [named] = callsOf(masked, PACKAGE)
  if (named === undefined) return undefined
  const text = (call: Arguments, label: string): string | undefined => masked.literalOf(call.get(label))
  const required = callsOf(masked, REQUIRED)
    .flatMap((call) => text(call, 'url') ?? [])
    .map((url) => nameOf(url).replace(/\.git$/, ''))
  const targets = callsOf(masked, TARGET)
  const literals = [...masked.literals]
  const textsOf = (calls: readonly Arguments[]): ReadonlySet<string> =>
    new Set(calls.flatMap((call) => [...call.values()].flatMap((span) => textsIn(literals, span))))
  const [ofTests, ofOthers] = [textsOf(callsOf(masked, TEST_TARGET)), textsOf(targets)]
  const written = new Set(masked.literals.values())
  const isNamed = TOOLS_WITH_NAMES.test(files.text(path))
  /** Whether only targets of tests need it, or none does although targets name what they need: a plugin of the command line. */
  const isForTests = (name: string): boolean =>
    !ofOthers.has(name.toLowerCase()) && (ofTests.has(name.toLowerCase()) || (isNamed && !written.has(name)))
  const products = new Map<string | undefined, Arguments[]>()
  for (const call of callsOf(masked, PRODUCT)) push(products, text(call, 'package'), call)
  /** Whether each of its products needs a trait, which users choose. */
  const isOptional = (name: string): boolean => {
    const own = products.get(name) ?? []
    return own.length > 0 && own.every((call) => /\btraits\b/.test(masked.codeOf(call.get('condition') ?? NOTHING)))
  }
  const kindOf = (name: string): Dependency['kind'] =>
    isForTests(name) ? 'development' : isOptional(name) ? 'optional' : 'runtime'
  const libraries = callsOf(masked, LIBRARY)
  const offered = new Set(libraries.flatMap((call) => textsIn(literals, call.get('targets'))))
  const folder = folderOf(path)
  return newPackage('swift', path, {
    name: text(named, 'name'),
    isPrivate: libraries.length === 0,
    dependencies: required.flatMap((name) => dependencies([name], kindOf(name))),
    programs: callsOf(masked, PROGRAM).flatMap((call) => {
      const program = text(call, 'name')
      return program === undefined ? [] : [{ name: program, runs: program }]
    }),
    tools: ['swift'],
    entries: targets.flatMap((call) => {
      const name = text(call, 'name')
      if (name === undefined || !offered.has(name.toLowerCase())) return []
      const at = folderOfTarget(files, folder, name, text(call, 'path'))
      return at === undefined ? [] : [{ subpath: name, file: at }]
    }),
  })
}

function folderOfTarget(
  files: RepositoryFiles,
  folder: string,
  name: string,
  written: string | undefined,
): string | undefined {
  const all = written === undefined ? [...SOURCES.map((one) => `${one}/${name}`), ...SOURCES] : [written]
  return all.flatMap((one) => joinPath(folder, one.replace(/\/$/, '')) ?? []).find((one) => files.isFolder(one))
}

function callsOf(masked: MaskedCode, pattern: RegExp): Arguments[] {
  return [...masked.code.matchAll(pattern)].flatMap(({ 0: start, index }): Arguments[] => {
    const call = masked.argumentsAt(index + start.length - 1)
    return call === undefined ? [] : [new Map(call.list.map((span) => labelled(masked, span)))]
  })
}

/** The label of an argument, and the span of its value. */
function labelled(masked: MaskedCode, span: Span): [string, Span] {
  const [written = '', label = ''] = /^(\w{1,40})\s{0,20}:\s{0,200}/.exec(masked.codeOf(span)) ?? []
  return [label, { start: span.start + written.length, end: span.end }]
}

/** The strings in a span, in lower case. */
function textsIn(literals: readonly [at: number, text: string | undefined][], span: Span | undefined): string[] {
  if (span === undefined) return []
  const index = (limit: number): number => lowerBound(literals.length, (one) => (literals[one]?.[0] ?? 0) < limit)
  return literals
    .slice(index(span.start), index(span.end))
    .flatMap(([, text]) => (text === undefined ? [] : [text.toLowerCase()]))
}
