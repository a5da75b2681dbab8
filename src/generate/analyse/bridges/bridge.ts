/** What a reader of bridges promises, and what it may know. */

import type { Sheet } from '#generate/analyse/artifacts/artifact-builder.ts'
import type { Repository } from '#generate/analyse/artifacts/repository.ts'
import type { Lexis } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component, Edge, SourceFile } from '#generate/model.ts'
import type { CodeIndex } from './code-index.ts'

export type ReadableFile = SourceFile & { text: string }

/** A file that a reader was chosen for. */
export interface Source {
  file: ReadableFile
  path: string
  masked: MaskedCode
  /** Where its routes go. */
  sheet: Sheet
}

export interface World {
  repository: Repository
  code: CodeIndex
  /** All of the repository, sorted by id. */
  components: readonly Component[]
  /** Puts an edge between languages into the graph; ends that turn out not to exist are dropped. */
  bridge(from: string, to: string, kind: Edge['kind']): void
}

export interface BridgeReader {
  languages: readonly string[]
  lexis: Lexis
  /** Tests too: what they use, they test. */
  tests?: boolean
  /** Whether the repository can hold such bridges at all; asked once, before its files. */
  isPossible?(files: readonly SourceFile[]): boolean
  /** Whether the file can hold such a bridge. Must be quick: it is asked of every file of the languages. */
  mayMatter(head: string, file: ReadableFile): boolean
  read(source: Source, world: World): void
}

export interface Route {
  /** `GET`, or `ANY` where the file does not say. */
  method: string
  /** As the file writes it, with the prefixes that the same file gives. */
  path: string
  framework: string
  startLine: number
  endLine: number
  /** The id of the component that answers. */
  handler?: string | undefined
}

const MAX_PATH = 180

/** Put a route on the sheet of its file, with an edge to its handler. */
export function addRoute({ sheet }: Source, route: Route): string | undefined {
  const { method, path, framework, startLine, endLine, handler } = route
  if (path.length > MAX_PATH || /[\p{C}\n]/u.test(path)) return undefined
  const name = `${method} ${path === '' ? '/' : path}`
  const id = sheet.add({ kind: 'route', name, startLine, endLine, detail: framework })
  sheet.link(id, handler, 'runs')
  return id
}

/** `/a` and `b` as `/a/b`; a prefix of `/` adds nothing. */
export function joinRoute(prefix: string, path: string): string {
  const left = prefix.replace(/(?<!\/)\/+$/, '')
  if (left === '') return path.startsWith('/') || path === '' ? path : `/${path}`
  const right = path.replace(/^\/+/, '')
  const whole = right === '' ? left : `${left}/${right}`
  return whole.startsWith('/') ? whole : `/${whole}`
}

/** A second file that a reader looks into, masked once; `undefined` when it is too long. */
export function maskOf(
  file: SourceFile | undefined,
  lexis: Lexis,
  cache: WeakMap<SourceFile, MaskedCode>,
): MaskedCode | undefined {
  if (file === undefined || file.text === null) return undefined
  const known = cache.get(file) ?? MaskedCode.of(file.text, lexis)
  if (known !== undefined) cache.set(file, known)
  return known
}
