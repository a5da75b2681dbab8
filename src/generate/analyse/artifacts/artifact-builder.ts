/** Collects the artifacts and edges of one file: gives ids, keeps names and details to what can be shown. */

import type { Artifact, ArtifactEdge, ArtifactKind, JobFacts, Trigger } from '#generate/model.ts'

/** A file with more is a list of data, or hostile; what comes after is left out. */
const MAX_NODES = 2_000
const MAX_EDGES = 10_000
const MAX_DETAIL = 500
const MAX_NAME = 200

export interface Draft {
  kind: ArtifactKind
  name: string
  /** What stands after the `#` of the id; the name when it is not given. */
  key?: string
  /** Lines count from 1. */
  startLine: number
  endLine: number
  detail?: string
  /** What `detail` says, as data. */
  triggers?: Trigger[]
  job?: JobFacts
}

/** What one file holds. */
export class Sheet {
  readonly nodes: Artifact[] = []
  readonly edges: ArtifactEdge[] = []
  readonly #counts = new Map<string, number>()
  readonly path: string
  readonly #lines: number

  /** @param lines - Of the file: no artifact ends after the last. */
  constructor(path: string, lines: number) {
    this.path = path
    this.#lines = Math.max(1, lines)
  }

  /** Nothing more can be added. */
  get isFull(): boolean {
    return this.nodes.length >= MAX_NODES
  }

  /**
   * Add an artifact; a second one of the same key gets `~2`.
   *
   * @returns Its id, or `undefined` for a name that cannot be shown and when the file has too many.
   */
  add(draft: Draft): string | undefined {
    const key = draft.key ?? draft.name
    if (!isName(draft.name) || !isName(key) || this.isFull) return undefined
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    const id = `${this.path}#${key}${count === 1 ? '' : `~${count}`}`
    const { kind, name, startLine, endLine, detail = '', triggers, job } = draft
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
    })
    return id
  }

  /**
   * Add an edge. Ends that turn out not to exist are dropped later; one that is `undefined` adds nothing, and neither
   * does the file itself, which every artifact of it is in.
   */
  link(from: string | undefined, to: string | undefined, kind: ArtifactEdge['kind']): void {
    if (from === undefined || to === undefined || from === to || to === this.path || this.edges.length >= MAX_EDGES)
      return
    this.edges.push({ from, to, kind })
  }
}

function isName(text: string): boolean {
  return text !== '' && text.length <= MAX_NAME && !/\p{C}/u.test(text)
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * MAX_DETAIL)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
  return line.length <= MAX_DETAIL ? line : `${line.slice(0, MAX_DETAIL - 1)}…`
}
