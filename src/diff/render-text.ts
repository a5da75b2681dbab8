/** A comparison as plain text for terminals. The writer to the terminal removes control characters. */

import { append } from '#base/long-arrays.ts'
import { type Diff, SEVERITIES, type Side } from './change.ts'
import { HEADINGS, placeText, ruleText, shortId, summaryOf } from './wording.ts'

/** Longest declaration shown, in characters. */
const MAX_TEXT = 160

export function renderText(diff: Diff): string {
  const lines = [`${shortId(diff.from)} → ${shortId(diff.to)}`, summaryOf(diff)]
  for (const severity of SEVERITIES) {
    const changes = diff.changes.filter((change) => change.severity === severity)
    if (changes.length === 0) continue
    lines.push('', HEADINGS[severity])
    for (const change of changes) {
      lines.push(`  ${change.name}: ${ruleText(change)}${change.detail === '' ? '' : `: ${change.detail}`}`)
      append(lines, sides(change.before, change.after))
    }
  }
  if (diff.modules.length > 0) lines.push('', 'Modules')
  for (const { change, title, files } of diff.modules) {
    const noun = files.length === 1 ? 'file' : 'files'
    lines.push(`  ${title}: ${change}, ${files.length} ${noun}`)
  }
  return lines.join('\n')
}

function sides(before: Side | null, after: Side | null): string[] {
  const line = (sign: string, side: Side | null): string[] =>
    side === null ? [] : [`    ${sign} ${placeText(side)}  ${side.text.slice(0, MAX_TEXT)}`]
  return [...line('-', before), ...line('+', after)]
}
