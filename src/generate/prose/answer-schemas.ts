/** Schemas of a model's answers. Every property is required and nothing has a default, as strict JSON schemas demand. */

import { z } from 'zod'

/** Evidence for a claim: the number of a fact, or a path and lines; the other fields are null. */
const Evidence = z.object({
  fact: z.int().nullable(),
  path: z.string().nullable(),
  start_line: z.int().nullable(),
  end_line: z.int().nullable(),
})

const Claim = z.object({ text: z.string(), evidence: z.array(Evidence) })
export type RawClaim = z.infer<typeof Claim>

/** The files and searches that the model requests before it writes; empty lists if it needs none. */
const LookUp = z.object({ read: z.array(z.string()), search: z.array(z.string()) })
export type LookUp = z.infer<typeof LookUp>

const Diagram = z.object({
  nodes: z.array(z.object({ id: z.string(), name: z.string() })),
  edges: z.array(z.object({ from: z.string(), to: z.string(), label: z.string() })),
})
export type RawDiagram = z.infer<typeof Diagram>

export const ModuleAnswer = z.object({
  look_up: LookUp,
  summary: z.string(),
  purpose: z.array(Claim),
  design: z.array(Claim),
  flow: z.array(Claim),
  pitfalls: z.array(Claim),
  diagram: Diagram,
})
export type ModuleAnswer = z.infer<typeof ModuleAnswer>

/** An answer about some of the files of a module that is too large for one question. */
export const PartAnswer = z.object({ summary: z.string(), points: z.array(Claim) })
export type PartAnswer = z.infer<typeof PartAnswer>

export const OverviewAnswer = z.object({
  look_up: LookUp,
  summary: z.array(Claim),
  architecture: z.array(Claim),
  concepts: z.array(z.object({ name: z.string(), text: z.string(), evidence: z.array(Evidence) })),
  diagram: Diagram,
})
export type OverviewAnswer = z.infer<typeof OverviewAnswer>

/** Modules are identified by their numbers in the list. */
export const ClusterAnswer = z.object({
  titles: z.array(z.object({ index: z.int(), title: z.string() })),
  merges: z.array(z.array(z.int())),
  order: z.array(z.int()),
})
export type ClusterAnswer = z.infer<typeof ClusterAnswer>
