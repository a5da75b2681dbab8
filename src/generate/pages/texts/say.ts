/** Sentences with names, code and links in them. */

import type { Inline } from '#markdown/build.ts'

/** Words with slots: ``say`The command ${name} runs ${target}.` ``; each slot holds some words or what a builder gives. */
export function say(words: TemplateStringsArray, ...slots: readonly (string | readonly Inline[])[]): Inline[] {
  return words.flatMap((part, index): Inline[] => {
    const slot = slots[index]
    return slot === undefined ? [part] : typeof slot === 'string' ? [part, slot] : [part, ...slot]
  })
}

/** The first letter in upper case; scripts without such letters stay as they are. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
