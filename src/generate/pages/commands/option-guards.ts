/** Finds the options of a build that must be on before a line of its file counts. */

/** How a build language writes conditions. */
export interface Conditions {
  /** Matches the beginning of one, with the condition. */
  opens: RegExp
  turns: RegExp
  closes: RegExp
  /** Matches a condition that is one option and nothing else, with its name. */
  option: RegExp
}

/**
 * The options around the line that needs the fewest; `undefined` if no line is wanted, or if each is below a condition that
 * combines options.
 *
 * @param off - The options that are off by default.
 */
export function optionsAround(
  text: string,
  isWanted: (line: string) => boolean,
  off: ReadonlySet<string>,
  { opens, turns, closes, option }: Conditions,
): readonly string[] | undefined {
  let found: readonly string[] | undefined
  /** The option of each open condition; `null` if it combines multiple options, '' if it needs no option that is off. */
  const open: (string | null)[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, condition] = opens.exec(line) ?? []
    if (condition !== undefined) {
      const [, name = ''] = option.exec(condition.trim()) ?? []
      const isOff = !/^not\b/i.test(condition.trim()) && (condition.match(/[\w-]+/g) ?? []).some((one) => off.has(one))
      open.push(isOff ? (off.has(name) ? name : null) : '')
    } else if (closes.test(line)) open.pop()
    else if (turns.test(line)) open.splice(-1, 1, '')
    else if (!open.includes(null) && isWanted(line)) {
      const needed = [...new Set(open.flatMap((one) => one || []))]
      if (found === undefined || needed.length < found.length) found = needed
    }
  }
  return found
}
