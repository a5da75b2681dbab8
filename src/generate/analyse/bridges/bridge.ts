/** The interface of readers for bridges between languages. */

import type { ArtifactBuilder } from '#generate/analyse/artifacts/artifact-builder.ts'
import type { Repository } from '#generate/analyse/artifacts/repository.ts'
import type { LexicalRules } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import type { Component, Edge, SourceFile } from '#generate/model.ts'
import type { CodeIndex } from './code-index.ts'

export type ReadableFile = SourceFile & { text: string }

/** A file to read. */
export interface Source {
  file: ReadableFile
  path: string
  masked: MaskedCode
  /** Collects its routes. */
  builder: ArtifactBuilder
}

export interface World {
  repository: Repository
  code: CodeIndex
  /** All components of the repository, sorted by id. */
  components: readonly Component[]
  /** Adds an edge between languages; edges to missing ends are dropped later. */
  bridge(from: string, to: string, kind: Edge['kind']): void
}

export interface BridgeReader {
  languages: readonly string[]
  lexicalRules: LexicalRules
  /** Whether it also reads tests, whose uses become test edges. */
  tests?: boolean
  /** Whether it reads all components or files of the repository, so that its results are not cached. */
  readonly asksForAll?: boolean
  /** Whether the repository can contain such bridges at all; called once, before its files. */
  isPossible?(files: readonly SourceFile[]): boolean
  /** Whether the file may contain such a bridge. Must be fast: it is called for every file of the languages. */
  mayContain(head: string, file: ReadableFile): boolean
  read(source: Source, world: World): void
}

export interface Route {
  /** `GET`, or `ANY` if the file does not say. */
  method: string
  /** The path as written, with prefixes from the same file. */
  path: string
  framework: string
  startLine: number
  endLine: number
  /** Id of the component that handles it. */
  handler?: string | undefined
}

const MAX_PATH = 180

/** Adds a route with an edge to its handler, and returns its id; `undefined` for a path that is too long or unprintable. */
export function addRoute({ builder }: Source, route: Route): string | undefined {
  const { method, path, framework, startLine, endLine, handler } = route
  if (path.length > MAX_PATH || /[\p{C}\n]/u.test(path)) return undefined
  const name = `${method} ${path === '' ? '/' : path}`
  const id = builder.add({ kind: 'route', name, startLine, endLine, detail: framework })
  builder.link(id, handler, 'runs')
  return id
}

/** Joins `/a` and `b` to `/a/b`; a prefix of `/` adds nothing. */
export function joinRoute(prefix: string, path: string): string {
  const left = prefix.replace(/(?<!\/)\/+$/, '')
  if (left === '') return path.startsWith('/') || path === '' ? path : `/${path}`
  const right = path.replace(/^\/+/, '')
  const whole = right === '' ? left : `${left}/${right}`
  return whole.startsWith('/') ? whole : `/${whole}`
}

/** The combined prefix of the groups of routes around an offset; `undefined` when one of them is unknown. */
export function prefixAt(
  at: number,
  groups: readonly { start: number; end: number; prefix: string | undefined }[],
): string | undefined {
  let whole = ''
  for (const { start, end, prefix } of groups) {
    if (start >= at || end <= at) continue
    if (prefix === undefined) return undefined
    whole = joinRoute(whole, prefix)
  }
  return whole
}

/** The value of a keyword argument: `methods=["GET"]`. */
export function keyword(list: readonly Span[], name: string, masked: MaskedCode): Span | undefined {
  for (const span of list) {
    const match = /^(\w+)\s*=\s*/.exec(masked.code.slice(span.start, Math.min(span.end, span.start + 100)))
    if (match?.[1] === name) return { start: span.start + match[0].length, end: span.end }
  }
  return undefined
}
