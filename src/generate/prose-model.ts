/** What a model wrote for the pages, checked. Plain data, like `model.ts`: no behaviour, no I/O. */

import type { LineSpan } from './model.ts'

/**
 * Text without markup. `refersTo` is a component id, a file path or a module id; `null` for any other word of the
 * repository.
 */
export type ProseSpan = { text: string } | { code: string; refersTo: string | null }

/** A checked statement and the lines that support it: at least one span. */
export interface ProseClaim {
  spans: ProseSpan[]
  evidence: LineSpan[]
}

/**
 * A diagram drawn by a model. Everything that it names exists; `isInGraph` says which of its edges the graph confirms.
 */
export interface ProseDiagram {
  /** `refersTo` as in `ProseSpan`, never `null`. At least two. */
  nodes: { label: string; refersTo: string }[]
  /** Indexes of nodes. At least one. */
  edges: { from: number; to: number; isInGraph: boolean }[]
}

/** What a model adds to the page of a module; each slot may be empty. */
export interface ModuleProse {
  purpose: ProseClaim[]
  design: ProseClaim[]
  flow: ProseClaim[]
  pitfalls: ProseClaim[]
  diagram: ProseDiagram | null
}

/** What a model adds to the overview. */
export interface OverviewProse {
  summary: ProseClaim[]
  architecture: ProseClaim[]
  concepts: { name: string; refersTo: string | null; claim: ProseClaim }[]
  diagram: ProseDiagram | null
}

/**
 * What became of a slot: `repaired` when names or evidence were corrected or sentences left out, `offline` when nothing
 * of it is published.
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
  /** The models that wrote what is published, sorted. */
  models: string[]
  /** The model that proposed module titles; absent when no proposed title is used. */
  titlesBy?: string
  overview: OverviewProse | null
  /** By module id. */
  modules: Map<string, ModuleProse>
  verdicts: SlotVerdict[]
  /** Why some slots were not requested. */
  degraded: 'budget' | 'model' | null
}
