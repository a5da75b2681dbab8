/** Adds the commands of a CI script as one artifact per line, with its line in the file. */

import type { Located } from '#generate/formats/located.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'

/** Limit on the commands of one script; the last artifact also represents the rest and carries their number. */
const MAX_COMMANDS = 20
const MAX_NAME = 180
/** Matches lines that show nothing of interest: comments, shell options, output, the ends of blocks. */
const SILENT =
  /^(?:#.*|set [-+][\w ]+|set -o \w+|echo\b(?:"[^"]*"|'[^']*'|[^|>&;"'])*|(?:fi|done|else|then|do|esac|;;|[{}()])[ ;]*)?$/

/**
 * @param key - Prefix for the keys of the commands.
 * @param step - Name of the step; '' without one.
 * @param others - Number of commands after the script that its last command also represents.
 * @param setting - The folder that the script runs in, if the file names one, and whether it gets a variable from the matrix.
 */
export function addCommands(
  builder: ArtifactBuilder,
  script: Located | undefined,
  key: string,
  step: string,
  others = 0,
  setting: { folder?: string; isVaried?: true } = {},
): void {
  if (script?.text === undefined) return
  const { startLine, endLine } = script
  const lines = script.text.replace(/(?<!\n)\n+$/, '').split('\n')
  // A literal block begins below its `|`; folded and quoted lines have no positions of their own.
  const first = lines.length === endLine - startLine ? startLine + 1 : startLine
  const isPlaced = first + lines.length - 1 === endLine
  const commands = lines.flatMap((line, index) =>
    SILENT.test(line.trim()) || lines[index - 1]?.endsWith('\\') === true ? [] : [{ text: line.trim(), index }],
  )
  const shownCommands = commands.slice(0, MAX_COMMANDS)
  const more = commands.length - shownCommands.length + others
  for (const [number, { text, index }] of shownCommands.entries()) {
    const standsForMore = number === shownCommands.length - 1 && more > 0
    const isCut = text.length > MAX_NAME || text.endsWith('\\') || standsForMore
    let last = standsForMore ? lines.length - 1 : index
    while (lines[last]?.endsWith('\\') === true && last < lines.length - 1) last += 1
    const shown = text.slice(0, MAX_NAME).replace(/(?:(?<!\s)\s+)?\\$/, '')
    builder.add({
      kind: 'command',
      name: (isCut ? `${shown} …` : shown).replace(/\s+/g, ' '),
      key: `${key}.${number + 1}`,
      startLine: isPlaced ? first + index : startLine,
      endLine: isPlaced ? first + last : endLine,
      detail: step,
      ...(standsForMore ? { more } : {}),
      ...setting,
    })
  }
}
