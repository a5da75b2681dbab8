/** Counts checks and collects faults. */

import type { Incident } from '#generate/incidents.ts'

export type FaultKind =
  | 'broken_link'
  | 'unknown_picture'
  | 'unsafe_link'
  | 'source_path'
  | 'source_lines'
  | 'source_symbol'
  | 'diagram_unknown'
  | 'diagram_syntax'
  | 'diagram_edge'
  | 'unknown_identifier'
  | 'missing_entry'
  | 'index_anchor'
  | 'empty_section'
  | 'unread_page'

const CHECK_KINDS = [
  'pages',
  'internal_links',
  'external_links',
  'source_links',
  'pictures',
  'symbols',
  'diagrams',
  'diagram_edges',
  'identifiers',
  'entries',
  'index_anchors',
  'sections',
] as const
export type CheckKind = (typeof CHECK_KINDS)[number]

export interface Fault {
  kind: FaultKind
  /** Page file, or `index.json`. */
  page: string
  detail: string
}

/** The content of `verification.json`. */
export interface Verification {
  version: 1
  /** Files that were not parsed completely: the pages about them may be incomplete. Sorted. */
  partial_files: string[]
  /** Number of checks of each kind. */
  checked: Record<CheckKind, number>
  /** Includes faults that were repaired. */
  fault_count: number
  /** Number of links replaced by their text. */
  repaired: number
  /** The first 200 faults. */
  faults: Fault[]
  /** Number of steps that failed for a file; absent when there are none. */
  incident_count?: number
  /** The first 100 incidents, sorted by stage and file. */
  incidents?: Incident[]
}

const MAX_FAULTS = 200
const MAX_DETAIL_CHARS = 300

export class Findings {
  readonly #checked = Object.fromEntries(CHECK_KINDS.map((kind) => [kind, 0])) as Record<CheckKind, number>
  readonly #faults: Fault[] = []
  #count = 0
  #repaired = 0

  check(kind: CheckKind, number = 1): void {
    this.#checked[kind] += number
  }

  fault(kind: FaultKind, page: string, detail: string): void {
    this.#count += 1
    if (this.#faults.length < MAX_FAULTS) this.#faults.push({ kind, page, detail: detail.slice(0, MAX_DETAIL_CHARS) })
  }

  repair(links: number): void {
    this.#repaired += links
  }

  /** @param partialFiles - Sorted. */
  report(partialFiles: readonly string[]): Verification {
    return {
      version: 1,
      partial_files: [...partialFiles],
      checked: { ...this.#checked },
      fault_count: this.#count,
      repaired: this.#repaired,
      faults: [...this.#faults],
    }
  }
}
