/** Checked text of a model for the pages. Plain data, like `model.ts`: no behaviour, no I/O. */

import type { LineSpan } from './model.ts'

/** Text without markup. `refersTo` is a component id, a file path or a module id; `null` for any other word of the repository. */
export type ProseSpan = { text: string } | { code: string; refersTo: string | null }

/** A checked statement and the lines that support it: at least one span. */
export interface ProseClaim {
  spans: ProseSpan[]
  evidence: LineSpan[]
}

/** A diagram drawn by a model. All of its names exist; `isInGraph` marks the edges that the graph confirms. */
export interface ProseDiagram {
  /** `refersTo` as in `ProseSpan`, never `null`. At least two. */
  nodes: { label: string; refersTo: string }[]
  /** Indexes of nodes. At least one. */
  edges: { from: number; to: number; isInGraph: boolean }[]
}

/** The slots that a model fills on the page of a module; each may be empty. */
export interface ModuleProse {
  purpose: ProseClaim[]
  design: ProseClaim[]
  flow: ProseClaim[]
  pitfalls: ProseClaim[]
  diagram: ProseDiagram | null
}

/** The slots that a model fills on the overview. */
export interface OverviewProse {
  summary: ProseClaim[]
  architecture: ProseClaim[]
  concepts: { name: string; refersTo: string | null; claim: ProseClaim }[]
  diagram: ProseDiagram | null
}

/**
 * The outcome for a slot: `repaired` if names or evidence were corrected or sentences left out, `offline` if nothing of
 * it is published.
 */
export interface SlotVerdict {
  /** Module id; `null` for the overview. */
  module: string | null
  slot: string
  verdict: 'accepted' | 'repaired' | 'offline'
  /** Numbers of claims published and dropped. */
  published: number
  dropped: number
  /** The first problems found, in sentences. */
  faults: string[]
}

/** Prose for pages, all of it checked. */
export interface Prose {
  /** The models that wrote the published text, sorted. */
  models: string[]
  /** The model that proposed module titles; absent when no proposed title is used. */
  titlesBy?: string
  overview: OverviewProse | null
  /** Prose keyed by module id. */
  modules: Map<string, ModuleProse>
  verdicts: SlotVerdict[]
  /** The reason why some slots were not requested; `null` if all were. */
  degraded: 'budget' | 'model' | null
}
