/**
 * Collects the artifacts and edges of one file, assigns ids, and limits names and details to sizes that can be shown.
 */

import { type Located, textAt } from '#generate/formats/located.ts'
import type { Artifact, ArtifactEdge, ArtifactKind, JobFacts, Trigger } from '#generate/model.ts'

/** Limit on the artifacts of a file; a file with more is data or hostile, and the rest is dropped. */
const MAX_NODES = 2_000
const MAX_EDGES = 10_000
const MAX_DETAIL = 500
const MAX_NAME = 200

export interface Draft {
  kind: ArtifactKind
  name: string
  /** The part of the id after `#`; the name by default. */
  key?: string
  /** Lines count from 1. */
  startLine: number
  endLine: number
  detail?: string
  /** The `detail` of a workflow as data, so that pages in other languages can phrase it. */
  triggers?: Trigger[]
  /** The `detail` of a job as data. */
  job?: JobFacts
  /** For a CI command that represents the rest of a long script, the number of the other commands. */
  more?: number
  /** For a CI command, the folder that its step runs in, if the file names one. */
  folder?: string
  /** For a CI command, whether its step gets a variable from the matrix. */
  isVaried?: true
}

/** The artifacts of one file. */
export class ArtifactBuilder {
  readonly nodes: Artifact[] = []
  readonly edges: ArtifactEdge[] = []
  readonly #ids = new Set<string>()
  /** How often each key was used; the second use gets the suffix `~2`. */
  readonly #counts = new Map<string, number>()
  readonly path: string
  readonly #lines: number

  /** @param lines - Number of lines of the file; limits the spans of artifacts. */
  constructor(path: string, lines: number) {
    this.path = path
    this.#lines = Math.max(1, lines)
  }

  /** Whether nothing more can be added. */
  get isFull(): boolean {
    return this.nodes.length >= MAX_NODES
  }

  /**
   * Add an artifact; a second one with the same key gets `~2`.
   *
   * @returns Its id; `undefined` for a name that cannot be shown, or when the file has too many artifacts.
   */
  add(draft: Draft): string | undefined {
    const key = draft.key ?? draft.name
    if (!canBeShown(draft.name) || !canBeShown(key) || this.isFull) return undefined
    let count = this.#counts.get(key) ?? 0
    let id: string
    do {
      count++
      id = `${this.path}#${key}${count === 1 ? '' : `~${count}`}`
    } while (this.#ids.has(id))
    this.#counts.set(key, count)
    this.#ids.add(id)
    const { kind, name, startLine, endLine, detail = '', triggers, job, more, folder, isVaried } = draft
    this.nodes.push({
      id,
      kind,
      name,
      file: this.path,
      startLine: Math.min(startLine, this.#lines),
      endLine: Math.min(endLine, this.#lines),
      detail: oneLine(detail),
      ...(triggers !== undefined && { triggers }),
      ...(job !== undefined && { job }),
      ...(more !== undefined && { more }),
      ...(folder !== undefined && { folder }),
      ...(isVaried !== undefined && { isVaried }),
    })
    return id
  }

  /** Add the package that a table of a manifest describes. */
  addPackage(table: Located | undefined): string | undefined {
    const name = textAt(table, 'name')
    if (table === undefined || name === undefined) return undefined
    const { startLine, endLine } = table
    return this.add({ kind: 'package', name, startLine, endLine, detail: textAt(table, 'description') ?? '' })
  }

  /**
   * Add an edge. Edges whose ends do not exist are dropped later. An `undefined` end adds nothing; neither does the file
   * itself, which contains all its artifacts anyway.
   */
  link(from: string | undefined, to: string | undefined, kind: ArtifactEdge['kind']): void {
    if (from === undefined || to === undefined || from === to || to === this.path || this.edges.length >= MAX_EDGES)
      return
    this.edges.push({ from, to, kind })
  }
}

function canBeShown(text: string): boolean {
  return text !== '' && text.length <= MAX_NAME && !/\p{C}/u.test(text)
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * MAX_DETAIL)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
  return line.length <= MAX_DETAIL ? line : `${line.slice(0, MAX_DETAIL - 1)}…`
}
