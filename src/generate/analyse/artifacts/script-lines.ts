/** The commands of a script in a CI file, one artifact a line, with the lines of the file they stand on. */

import type { Located } from '#generate/formats/located.ts'
import type { Sheet } from './artifact-builder.ts'

/** Of one script; the last of them stands for what follows as well. */
const MAX_COMMANDS = 3
const MAX_NAME = 180
/** Lines that do nothing of their own: comments, options of the shell. */
const SILENT = /^(?:#.*|set [-+][\w ]+|set -o \w+|echo\b[^|>]*)?$/

/**
 * @param key - What the ids of its commands begin with.
 * @param step - What the step is called; '' when it has no name.
 */
export function addCommands(sheet: Sheet, script: Located | undefined, key: string, step: string): void {
  if (script?.text === undefined) return
  const { startLine, endLine } = script
  const lines = script.text.replace(/(?<!\n)\n+$/, '').split('\n')
  // A literal block begins below its `|`; where lines are folded or quoted they have no places of their own.
  const first = lines.length === endLine - startLine ? startLine + 1 : startLine
  const isPlaced = first + lines.length - 1 === endLine
  const commands = lines.flatMap((line, index) =>
    SILENT.test(line.trim()) || lines[index - 1]?.endsWith('\\') === true ? [] : [{ text: line.trim(), index }],
  )
  for (const [number, { text, index }] of commands.slice(0, MAX_COMMANDS).entries()) {
    const standsForMore = number === MAX_COMMANDS - 1 && commands.length > MAX_COMMANDS
    const isCut = text.length > MAX_NAME || text.endsWith('\\') || standsForMore
    let last = standsForMore ? lines.length - 1 : index
    while (lines[last]?.endsWith('\\') === true && last < lines.length - 1) last += 1
    const shown = text.slice(0, MAX_NAME).replace(/(?:(?<!\s)\s+)?\\$/, '')
    sheet.add({
      kind: 'command',
      name: (isCut ? `${shown} …` : shown).replace(/\s+/g, ' '),
      key: `${key}.${number + 1}`,
      startLine: isPlaced ? first + index : startLine,
      endLine: isPlaced ? first + last : endLine,
      detail: step,
    })
  }
}
