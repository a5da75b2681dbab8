/** The commands of Doxygen in Markdown: references, which become words or code, anchors, emphasis and notes. */

import { outsideFences } from '#markdown/fences.ts'

/** Matches `[words](@ref name)`, `@ref name "words"`, `@ref name`, `@anchor name`, `@b word` and `@note` at the start of a line. */
const COMMAND =
  /\[([^\]]{1,200})\]\(@ref [^\s)]{1,200}\)|@ref\s{1,20}([\w:~#]{1,200})(?:\s{1,20}"([^"\n]{1,200})")?|^@anchor \S{1,200}$|@b ([\w-]{1,80})|^@note /gm

/** Replaces the commands outside of code. A text without references is not for Doxygen and stays as it is. */
export const withoutDoxygen = (text: string): string => (/@ref\s/.test(text) ? outsideFences(text, replaced) : text)

const replaced = (text: string): string =>
  text.replace(COMMAND, (command, label?: string, name?: string, words?: string, bold?: string) => {
    if (label !== undefined) return label
    if (name !== undefined) return words ?? `\`${name.replace(/^#/, '')}\``
    if (bold !== undefined) return `**${bold}**`
    return command.startsWith('@note') ? '**Note:** ' : ''
  })
