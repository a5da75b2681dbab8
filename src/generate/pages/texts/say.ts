/** Builds sentences that contain names, code and links. */

import { capital } from '#base/capital.ts'
import type { Inline } from '#markdown/build.ts'
import type { RelationTexts } from './texts.ts'

/** A template tag: ``say`The command ${name} runs ${target}.` ``; each slot is a text or inline nodes. */
export function say(words: TemplateStringsArray, ...slots: readonly (string | readonly Inline[])[]): Inline[] {
  return words.flatMap((part, index): Inline[] => {
    const slot = slots[index]
    return slot === undefined ? [part] : typeof slot === 'string' ? [part, slot] : [part, ...slot]
  })
}

/** The texts of a relation, by its verb and the forms of what is counted. @param count - `3 types`, from such forms. */
export const relationTexts =
  <Forms extends [one: string, many?: string]>(count: (value: number, ...forms: Forms) => string) =>
  (verb: string, ...forms: Forms): RelationTexts => ({
    say: (names) => say`${verb} ${names}`,
    head: capital(verb),
    ends: (number) => count(number, ...forms),
  })
