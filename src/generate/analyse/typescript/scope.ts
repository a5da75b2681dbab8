/** The state while the components of a file are collected. */

import type { Draft, Drafts } from './draft.ts'

export interface Scope {
  readonly drafts: Drafts
  readonly isJavaScript: boolean
  /** For a default export without a name. */
  readonly defaultName: string
  /** Names exported by a separate statement. */
  readonly exportedNames: ReadonlySet<string>
  /** Top-level values by name: the roots of `X.member = …`. */
  readonly roots: Map<string, Draft>
  /** `var proto = X.prototype`. */
  readonly prototypes: Map<string, string>
}
