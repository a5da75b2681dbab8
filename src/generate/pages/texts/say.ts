/** Builds sentences that contain names, code and links. */

import type { Inline } from '#markdown/build.ts'

/** A template tag: ``say`The command ${name} runs ${target}.` ``; each slot is a text or inline nodes. */
export function say(words: TemplateStringsArray, ...slots: readonly (string | readonly Inline[])[]): Inline[] {
  return words.flatMap((part, index): Inline[] => {
    const slot = slots[index]
    return slot === undefined ? [part] : typeof slot === 'string' ? [part, slot] : [part, ...slot]
  })
}
