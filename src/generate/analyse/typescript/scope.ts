/** The state of collecting the components of a file. */

import type { Draft, Drafts } from './draft.ts'

export interface Scope {
  readonly drafts: Drafts
  readonly isJavaScript: boolean
  /** The name for an anonymous default export. */
  readonly defaultName: string
  /** Top-level values keyed by name: the roots of `X.member = …`. */
  readonly roots: Map<string, Draft>
  /** Roots keyed by the variable for their prototype: `var proto = X.prototype`. */
  readonly prototypes: Map<string, string>
}
