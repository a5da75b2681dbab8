/** What claims are checked against: the repository, the facts of the question, and earlier sentences of the page. */

import type { Component, LineSpan } from '#generate/model.ts'
import type { GroundTruth } from './ground-truth.ts'

/** The basis for checking claims: a repository as it is read (`GroundTruth`), or a published set. */
export type ClaimGround = Pick<GroundTruth, 'meaningOf' | 'isName' | 'isWritten' | 'isInCode' | 'linesOf' | 'filesOf'>

/** The context for checking the claims of one page. */
export interface Standard<G extends ClaimGround = GroundTruth> {
  ground: G
  /** The files that the page is about: names are looked up there first. */
  near: ReadonlySet<string>
  /** Facts in the order of their numbers in the question, which start at 1. */
  facts: readonly Fact[]
  /** BCP-47 tag of the language of the claims. */
  language: string
  /** Plain forms of sentences already published on the page; grows. */
  earlier: Set<string>
}

/** A fact of the question that claims may cite. */
export interface Fact {
  span: LineSpan
  component: Component | null
}

export type AnyStandard = Standard<ClaimGround>

/** A text as it is quoted in the description of a fault. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
