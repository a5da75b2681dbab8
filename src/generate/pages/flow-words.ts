/** Words of a step of a flow. */

import type { Component } from '#generate/model.ts'
import type { Inline } from '#markdown/build.ts'
import type { Texts } from './texts/texts.ts'
import { toEntry } from './writing.ts'

/** ` (one of 3 implementations of …)`, where a call goes on through what leaves open what runs. */
export function throughWords({ flows }: Texts, through: Component | null, number: number): Inline[] {
  if (through === null) return []
  return through.kind === 'field' ? flows.kept(toEntry(through), number) : flows.through(toEntry(through), number)
}
