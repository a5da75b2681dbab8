/** What a model writes for pages, after it was checked. Plain data, as `model.ts`: no behaviour, no I/O. */

import type { LineSpan } from './model.ts'

/** Words of a model without markup. `refersTo`: id of a component, path of a file or id of a module; `null` for another word of the repository. */
export type ProseSpan = { text: string } | { code: string; refersTo: string | null }

/** Something a model says that was checked, and the lines that bear it out: at least one span of lines. */
export interface ProseClaim {
  spans: ProseSpan[]
  evidence: LineSpan[]
}

/** A drawing by a model: what it names exists; which of its arrows the graph holds is known. */
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

/** What became of a slot: `repaired` when names or evidence had to be put right or sentences were left out, `offline` when nothing of it stands. */
export interface SlotVerdict {
  /** Module id; `null` for the overview. */
  module: string | null
  slot: string
  verdict: 'accepted' | 'repaired' | 'offline'
  /** Claims that are published, and those that are not. */
  published: number
  dropped: number
  /** The first faults, in sentences. */
  faults: string[]
}

/** Prose for pages, all of it checked. */
export interface Prose {
  /** The models that wrote what is published, sorted. */
  models: string[]
  /** The model that proposed titles of modules; absent where all have their own. */
  titlesBy?: string
  overview: OverviewProse | null
  /** By module id. */
  modules: Map<string, ModuleProse>
  verdicts: SlotVerdict[]
  /** Why some slots were not asked for. */
  degraded: 'budget' | 'model' | null
}
